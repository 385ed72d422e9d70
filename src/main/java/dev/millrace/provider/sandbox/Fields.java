package dev.millrace.provider.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads parameters by the first of several names that is there; values were checked against the model's schema before. */
record Fields(ObjectNode parameters) {
    String text(String... names) {
        JsonNode node = first(names);
        return node.isString() ? node.asString() : "";
    }

    boolean flag(String name) {
        return parameters.path(name).asBoolean(false);
    }

    long number(long otherwise, String... names) {
        JsonNode node = first(names);
        return node.isIntegralNumber() && node.canConvertToLong()
                ? node.asLong()
                : (long) decimal((double) otherwise, names);
    }

    /** Some models write their numbers as text, as {@code "8"}. */
    double decimal(double otherwise, String... names) {
        JsonNode node = first(names);
        if (node.isNumber()) {
            return node.asDouble();
        }
        boolean digits = node.isString() && node.asString().matches("\\d{1,9}(\\.\\d{1,6})?");
        return digits ? Double.parseDouble(node.asString()) : otherwise;
    }

    JsonNode first(String... names) {
        for (String name : names) {
            JsonNode node = parameters.path(name);
            if (!node.isMissingNode() && !node.isNull()) {
                return node;
            }
        }
        return parameters.path("");
    }
}
