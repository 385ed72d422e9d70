package dev.millrace.provider;

import java.util.List;
import java.util.Optional;

/**
 * The tools of one language request.
 *
 * @param tools with distinct names
 * @param parallel whether one answer may call several
 */
public record Tooling(List<Tool> tools, ToolChoice choice, boolean parallel) {
    public static final Tooling NONE = new Tooling(List.of(), new ToolChoice.Auto(), true);

    public Tooling {
        tools = List.copyOf(tools);
    }

    public Optional<Tool> find(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }
}
