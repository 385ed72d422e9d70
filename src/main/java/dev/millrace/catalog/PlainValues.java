package dev.millrace.catalog;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts values into their plain form before a schema looks at them: a whole number is an integer however it was written
 * (4.0 and 4e0 are 4), and what no model can take is refused: numbers out of range, NUL, half characters.
 */
final class PlainValues {
    /** Digits on either side of the point beyond which a number is refused; arithmetic on 1e999999999 would never end. */
    private static final int DIGITS_MAX = 30;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<FieldError> errors = new ArrayList<>();

    List<FieldError> errors() {
        return errors;
    }

    ObjectNode plain(String path, ObjectNode object) {
        ObjectNode plain = Json.object();
        object.properties().forEach(entry -> {
            String inside = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            check(path, entry.getKey());
            plain.set(entry.getKey(), value(inside, entry.getValue()));
        });
        return plain;
    }

    private JsonNode value(String path, JsonNode value) {
        return switch (value) {
            case ObjectNode object -> plain(path, object);
            case ArrayNode array -> {
                ArrayNode plain = Json.array();
                array.forEach(item -> plain.add(value(path + "." + plain.size(), item)));
                yield plain;
            }
            case JsonNode number when number.isNumber() -> number(path, number);
            case JsonNode text
            when text.isString() -> {
                check(path, text.asString());
                yield text;
            }
            default -> value;
        };
    }

    private JsonNode number(String path, JsonNode value) {
        if (value instanceof NumericNode numeric && numeric.isNaN()) {
            errors.add(new FieldError(path, "type", "must be a finite number.", null, "\"number\""));
            return value;
        }
        BigDecimal number = value.decimalValue();
        if (number.signum() == 0) {
            return NODES.numberNode(0);
        }
        long digits = (long) number.precision() - number.scale();
        if (digits > DIGITS_MAX || number.scale() > DIGITS_MAX) {
            return outOfRange(path, value, digits > DIGITS_MAX && number.signum() < 0);
        }
        if (number.stripTrailingZeros().scale() > 0) {
            return value;
        }
        try {
            long whole = number.longValueExact();
            return whole == (int) whole ? NODES.numberNode((int) whole) : NODES.numberNode(whole);
        } catch (ArithmeticException e) {
            return outOfRange(path, value, number.signum() < 0);
        }
    }

    private JsonNode outOfRange(String path, JsonNode value, boolean low) {
        String rule = low ? "minimum" : "maximum";
        String message = "is a number out of the range that is taken.";
        errors.add(new FieldError(
                path, rule, message, value.toString(), Long.toString(low ? Long.MIN_VALUE : Long.MAX_VALUE)));
        return value;
    }

    private void check(String path, String text) {
        if (text.indexOf('\0') >= 0) {
            errors.add(FieldError.of(path, "characters", "must not contain the character U+0000."));
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                errors.add(FieldError.of(
                        path, "characters", "must be valid Unicode: it contains half of a surrogate pair."));
                return;
            }
        }
    }
}
