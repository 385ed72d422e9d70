package dev.millrace.usage;

import dev.millrace.meter.Units;
import dev.millrace.money.Money;

/**
 * The usage of one day, hour, model, key, member or upstream.
 *
 * @param group which: the date as {@code 2026-11-21}, the hour as {@code 2026-11-21T14:00:00Z} (both UTC), the model's or the
 *     key's id, the member's, or the upstream's name; empty for keys that belong to no member
 * @param requests all of them
 * @param failed those that had no result, and were not charged
 */
public record UsageTotal(String group, long requests, long failed, Units units, Money charge, Money upstreamCost) {}
