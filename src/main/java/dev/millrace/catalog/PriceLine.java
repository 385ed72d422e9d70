package dev.millrace.catalog;

import dev.millrace.meter.Unit;
import dev.millrace.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of unit adds to a charge.
 *
 * @param quantity in counted parts, as {@link Unit} counts them
 * @param rule by which it was priced; null for a unit that is free
 */
public record PriceLine(Unit unit, long quantity, @Nullable PriceRule rule, Money amount) {}
