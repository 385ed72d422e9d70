package dev.millrace.usage;

import dev.millrace.meter.Units;
import dev.millrace.money.Money;

/**
 * The usage of one day, one model or one key.
 *
 * @param group which: the date as {@code 2026-11-21} (UTC), the model's id or the key's id
 */
public record UsageTotal(String group, long requests, Units units, Money charge, Money upstreamCost) {}
