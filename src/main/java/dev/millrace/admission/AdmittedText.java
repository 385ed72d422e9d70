package dev.millrace.admission;

import dev.millrace.access.Principal;
import dev.millrace.billing.Quote;
import dev.millrace.catalog.Model;
import dev.millrace.limits.RateState;
import dev.millrace.meter.Units;
import dev.millrace.provider.Dialogue;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * A language request that may run once its quote is held.
 *
 * @param dialogue what the model is given to read
 * @param parameters the remaining parameters, checked, defaults filled in; without {@code max_tokens} and {@code seed}
 * @param maxOutputTokens the most tokens that the answer may have
 * @param planned the most tokens that the request can use, in and out
 * @param quote what it may cost; its {@code max} is what to hold
 * @param rate where the key stands with its requests per minute
 */
public record AdmittedText(
        Principal principal,
        String dialect,
        Model model,
        Dialogue dialogue,
        ObjectNode parameters,
        long maxOutputTokens,
        OptionalLong seed,
        Units planned,
        Quote quote,
        RateState rate) {}
