package dev.millrace.provider.sandbox.text;

import dev.millrace.provider.Tool;
import dev.millrace.provider.ToolChoice;
import dev.millrace.provider.Tooling;
import dev.millrace.provider.sandbox.prompt.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides which tools an answer calls: those that the question names, by their name or by the words of it. */
public final class ToolPick {
    /** What a name does, which a question seldom says. */
    private static final Set<String> VERBS = Set.of(
            "get",
            "set",
            "fetch",
            "find",
            "list",
            "look",
            "lookup",
            "up",
            "search",
            "read",
            "run",
            "do",
            "make",
            "create",
            "add",
            "send",
            "show",
            "check",
            "call",
            "tool",
            "function",
            "current",
            "by",
            "for",
            "of",
            "the",
            "a",
            "in",
            "to");

    private ToolPick() {}

    /** The tools to call, in the order of the request; none when the answer is to be text. */
    public static List<Tool> of(String question, Tooling tooling) {
        List<Tool> tools = tooling.tools();
        List<Tool> named = tools.stream().filter(tool -> names(question, tool)).toList();
        List<Tool> picked = switch (tooling.choice()) {
            case ToolChoice.None none -> List.of();
            case ToolChoice.Auto auto -> named;
            case ToolChoice.Required required -> named.isEmpty() ? tools.subList(0, 1) : named;
            case ToolChoice.Named(String name) -> tooling.find(name).stream().toList();
        };
        return tooling.parallel() || picked.isEmpty() ? picked : picked.subList(0, 1);
    }

    private static boolean names(String question, Tool tool) {
        String lower = question.toLowerCase(Locale.ROOT);
        if (lower.contains(tool.name().toLowerCase(Locale.ROOT))) {
            return true;
        }
        Words asked = Words.of(question);
        List<String> telling = Arrays.stream(tool.name().split("[_-]+|(?<=[a-z])(?=[A-Z])"))
                .map(word -> Words.singular(word.toLowerCase(Locale.ROOT)))
                .filter(word -> word.length() > 1 && !VERBS.contains(word))
                .toList();
        return !telling.isEmpty() && telling.stream().allMatch(asked::has);
    }
}
