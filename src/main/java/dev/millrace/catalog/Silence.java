package dev.millrace.catalog;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** What a model need not be told, because it does exactly that anyway. */
final class Silence {
    private Silence() {}

    /** Whether a model without a parameter of this role already does what was asked for. */
    static boolean fits(Model model, Given given) {
        JsonNode value = given.value();
        if (value.isString() && (value.asString().isBlank() || value.asString().equals("auto"))) {
            return !given.role().equals("prompt");
        }
        return switch (given.role()) {
            case "count" -> value.isNumber() && value.decimalValue().compareTo(BigDecimal.valueOf(made(model))) == 0;
            case "audio_on" -> value.isBoolean() && !value.asBoolean();
            case "speed" -> value.isNumber() && value.decimalValue().compareTo(BigDecimal.ONE) == 0;
            default -> value.isArray() && value.isEmpty();
        };
    }

    /** How many outputs a request makes that can not ask for a number. */
    private static long made(Model model) {
        return model.units().constantCount();
    }
}
