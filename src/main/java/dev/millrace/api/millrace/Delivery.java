package dev.millrace.api.millrace;

import dev.millrace.catalog.Model;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How an image that is answered at once is handed over. */
enum Delivery {
    /** As signed links into the storage; the default. */
    STORAGE,
    /** As {@code data:} URLs in the answer itself; the files are in the storage all the same. */
    INLINE;

    private static final String NAME = "delivery";

    /** What {@code settings.delivery} says; taken out of the parameters, unless the model has such a parameter of its own. */
    static Delivery taken(ObjectNode parameters, Optional<Model> model) {
        if (model.filter(one -> one.input().names().contains(NAME)).isPresent()) {
            return STORAGE;
        }
        JsonNode wanted = parameters.remove(NAME);
        if (wanted == null || wanted.isNull()) {
            return STORAGE;
        }
        return switch (wanted.asString("").toLowerCase(Locale.ROOT)) {
            case "storage" -> STORAGE;
            case "inline" -> INLINE;
            case String other -> throw Fields.wrong(NAME, "enum", "must be storage or inline.");
        };
    }
}
