package dev.millrace.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts of a request that moderation has to see. */
public final class Prompts {
    /** Instructions to the sandbox, which are not made into anything. */
    private static final String SANDBOX = "sandbox";

    private Prompts() {}

    /** Every text in the parameters but links and the files that they carry. */
    public static List<String> of(ObjectNode parameters) {
        List<String> texts = new ArrayList<>();
        parameters.properties().forEach(member -> {
            if (!member.getKey().equals(SANDBOX)) {
                collect(member.getValue(), texts);
            }
        });
        return texts;
    }

    private static void collect(JsonNode value, List<String> texts) {
        if (value.isString()) {
            String text = value.stringValue();
            if (!text.isBlank() && !isLink(text)) {
                texts.add(text);
            }
        } else {
            // Of an object, its values; parameters are no deeper than a body may nest.
            value.forEach(inner -> collect(inner, texts));
        }
    }

    private static boolean isLink(String text) {
        String start = text.substring(0, Math.min(text.length(), 8)).toLowerCase(Locale.ROOT);
        boolean link = start.startsWith("http://") || start.startsWith("https://") || start.startsWith("data:");
        return link && text.chars().noneMatch(Character::isWhitespace);
    }
}
