package dev.millrace.admission;

import dev.millrace.access.Principal;
import dev.millrace.billing.Quote;
import dev.millrace.catalog.Model;
import dev.millrace.limits.RateState;
import dev.millrace.meter.Units;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for an image, a video or music that may run once its quote is held.
 *
 * @param parameters checked against the model's schema, defaults filled in
 * @param planned what the request will make
 * @param quote what it may cost; its {@code max} is what to hold
 * @param rate where the key stands with its requests per minute
 */
public record AdmittedMedia(
        Principal principal,
        String dialect,
        Model model,
        ObjectNode parameters,
        Units planned,
        Quote quote,
        RateState rate) {}
