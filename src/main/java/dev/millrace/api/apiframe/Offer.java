package dev.millrace.api.apiframe;

import dev.millrace.catalog.Model;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model as this dialect offers it.
 *
 * @param operation the route that takes it
 * @param params the name of its block of parameters; null when the model is none of this dialect's own, and its parameters
 *     stand beside each other in the body
 * @param label its name for people
 */
record Offer(Model model, Operation operation, @Nullable String params, String label) {
    static final String DIALECT = "apiframe";

    /** The offer of a model; empty for language, and for what the dialect reaches in another way. */
    static Optional<Offer> of(Model model) {
        Map<String, String> facts = model.dialect(DIALECT);
        String operation = facts.get("operation");
        String label = facts.getOrDefault("label", model.title());
        return operation == null
                ? Operation.generating(model.modality()).map(own -> new Offer(model, own, null, label))
                : Operation.named(operation).map(own -> new Offer(model, own, facts.get("params"), label));
    }
}
