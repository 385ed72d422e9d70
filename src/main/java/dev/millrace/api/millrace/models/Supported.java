package dev.millrace.api.millrace.models;

import dev.millrace.catalog.Model;
import java.util.ArrayList;
import java.util.List;

/** What a request may say to a model: the parameters of its schema, and what its capabilities add. */
public final class Supported {
    private Supported() {}

    public static List<String> parameters(Model model) {
        List<String> names = new ArrayList<>(model.input().names());
        if (model.capabilities().contains("tools")) {
            names.addAll(List.of("tools", "tool_choice", "parallel_tool_calls"));
        }
        if (model.capabilities().contains("response_format")) {
            names.addAll(List.of("response_format", "structured_outputs"));
        }
        return names;
    }
}
