package dev.millrace.api.millrace;

import dev.millrace.catalog.Given;
import dev.millrace.id.QuoteId;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.meter.Modality;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for an image, a video or music as a route of this API read it.
 *
 * @param dialect which shape its webhook has, and under which name its usage is known
 * @param surface the route, under which an idempotency key is unique
 * @param expected what the model has to make; null for any medium
 * @param parameters under the model's names, or under those that all models share
 * @param given what the route itself knows the meaning of
 * @param whole the body as it was sent, by which a repeat is known
 * @param webhook whom to tell; null for nobody
 * @param retention how long to keep the outputs; null for as long as is usual
 */
public record Wish(
        String dialect,
        String surface,
        String model,
        @Nullable Modality expected,
        ObjectNode parameters,
        List<Given> given,
        ObjectNode whole,
        @Nullable QuoteId quote,
        @Nullable WebhookTarget webhook,
        @Nullable Duration retention) {}
