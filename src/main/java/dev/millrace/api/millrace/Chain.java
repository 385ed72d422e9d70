package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.admission.Ask;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.id.QuoteId;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The models that may answer one language request: the one that was asked for, then those to fall back on. */
record Chain(List<Ask> asks) {
    private static final int OTHERS_MAX = 4;

    Chain {
        asks = List.copyOf(asks);
    }

    /**
     * What {@code model} and {@code models} name.
     *
     * @param quote the binding quote; it is for one model, and so for no chain
     */
    static Chain of(Principal principal, Fields body, ObjectNode parameters, @Nullable QuoteId quote) {
        List<String> models = new ArrayList<>(List.of(body.text("model")));
        ArrayNode others = body.arrayOrNull("models");
        if (others != null) {
            for (JsonNode other : others) {
                if (!other.isString()) {
                    throw Fields.wrong("models", "type", "must be a list of model ids.");
                }
                models.add(other.stringValue());
            }
        }
        if (models.size() > OTHERS_MAX + 1) {
            throw Fields.wrong("models", "maxItems", "must hold at most " + OTHERS_MAX + " models to fall back on.");
        }
        List<String> distinct = models.stream().distinct().toList();
        if (quote != null && distinct.size() > 1) {
            throw Fields.wrong("models", "value", "can not be sent with quote_id, which is the price of one model.");
        }
        return new Chain(distinct.stream()
                .map(model -> ask(principal, model, parameters, quote))
                .toList());
    }

    private static Ask ask(Principal principal, String model, ObjectNode parameters, @Nullable QuoteId quote) {
        return new Ask(
                principal,
                MillraceApi.DIALECT,
                model,
                Modality.LANGUAGE,
                parameters.deepCopy(),
                UnknownFields.REJECT,
                quote);
    }

    /** Whether the next model may do what this failure kept one from. */
    static boolean anotherMayWork(ProblemException failed) {
        return switch (failed.problem().code()) {
            case MODEL_NOT_FOUND,
                    MODEL_BLOCKED,
                    MODEL_DISABLED,
                    UPSTREAM_ERROR,
                    UPSTREAM_TIMEOUT,
                    UPSTREAM_UNKNOWN,
                    NO_CAPACITY -> true;
            case ProblemCode other -> false;
        };
    }
}
