package dev.millrace.admission;

import dev.millrace.access.Principal;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.id.QuoteId;
import dev.millrace.meter.Modality;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request as a dialect understood it.
 *
 * @param principal who asks
 * @param dialect the dialect's name, as {@code millrace} or {@code higgsfield}
 * @param model the id or alias that was asked for
 * @param expected what the model has to make; null where the dialect takes every kind
 * @param parameters the model's parameters; for language without the messages
 * @param unknown what happens to parameters that the model does not know
 * @param quote the binding quote to redeem; null for the prices of now
 */
public record Ask(
        Principal principal,
        String dialect,
        String model,
        @Nullable Modality expected,
        ObjectNode parameters,
        UnknownFields unknown,
        @Nullable QuoteId quote) {}
