package dev.millrace.json;

import dev.millrace.problem.FieldError;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds text that JSON can spell and nothing behind it can take: half of a surrogate pair, which has no UTF-8, and U+0000,
 * which PostgreSQL does not store.
 */
final class UnfitText {
    private static final int ESCAPE_LENGTH = 6;

    private UnfitText() {}

    /** What is wrong with the first such text in a body that was read; empty when all are well. */
    static Optional<FieldError> first(byte[] body, JsonNode value) {
        return escapes(body) ? Optional.ofNullable(first(value, "")) : Optional.empty();
    }

    /** Whether the body could hold such a text: the bytes are UTF-8, so only an escape can spell it. */
    private static boolean escapes(byte[] body) {
        for (int i = 0; i + ESCAPE_LENGTH <= body.length; i++) {
            if (body[i] == '\\' && body[i + 1] == 'u' && suspicious(body, i + 2)) {
                return true;
            }
        }
        return false;
    }

    private static boolean suspicious(byte[] body, int at) {
        boolean surrogate = (body[at] | 0x20) == 'd' && body[at + 1] != '0' && Character.digit(body[at + 1], 16) >= 8;
        boolean nul = body[at] == '0' && body[at + 1] == '0' && body[at + 2] == '0' && body[at + 3] == '0';
        return surrogate || nul;
    }

    private static @Nullable FieldError first(JsonNode value, String path) {
        if (value.isString()) {
            String fault = fault(value.stringValue());
            return fault == null ? null : FieldError.of(path, "pattern", fault);
        }
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (fault(member.getKey()) != null) {
                    return FieldError.of(path, "propertyNames", "has a name with U+0000 or half of a surrogate pair.");
                }
                FieldError found = first(member.getValue(), step(path, member.getKey()));
                if (found != null) {
                    return found;
                }
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            FieldError found = first(value.get(i), step(path, Integer.toString(i)));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String step(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static @Nullable String fault(String text) {
        if (text.indexOf('\0') >= 0) {
            return "must not contain the character U+0000.";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "must be valid Unicode: it contains half of a surrogate pair.";
            }
        }
        return null;
    }
}
