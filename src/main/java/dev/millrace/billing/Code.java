package dev.millrace.billing;

import dev.millrace.money.Money;
import java.time.Duration;
import java.time.Instant;

/**
 * A code that gives money for a time to each organization that redeems it.
 *
 * @param amount what each gets
 * @param usesMax how many organizations may redeem it
 * @param lasts how long what it gives can be spent
 * @param ended whether it was withdrawn
 */
public record Code(
        String id,
        Money amount,
        long usesMax,
        long used,
        Instant redeemUntil,
        Duration lasts,
        boolean ended,
        Instant createdAt) {}
