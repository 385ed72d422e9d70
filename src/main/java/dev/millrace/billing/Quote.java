package dev.millrace.billing;

import dev.millrace.id.QuoteId;
import dev.millrace.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request may cost.
 *
 * @param id null unless the quote is binding
 * @param model the model's id
 * @param priceVersion the price list that it was reckoned by
 * @param max the most that the request can be charged: what is held
 * @param expected what it is charged when it makes what was planned
 * @param expiresAt until when a binding quote can be used; null for one that does not bind
 */
public record Quote(
        @Nullable QuoteId id,
        String model,
        String priceVersion,
        Money max,
        Money expected,
        @Nullable Instant expiresAt) {}
