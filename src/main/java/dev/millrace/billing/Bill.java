package dev.millrace.billing;

import dev.millrace.id.KeyId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.usage.Served;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request used: what its hold is settled by.
 *
 * @param model the id of the model that was quoted
 * @param priceVersion the price list that was in force when the request was accepted: its quote's
 * @param parameters the checked parameters; only those that prices depend on are kept
 * @param unitsSource who counted the units
 * @param upstreamCost what the upstream asks for it; zero where it does not say
 * @param status how the request ended: also what was stopped, or broke off, is charged for what was made
 * @param error why it did not complete, as a problem's code; null when it did
 * @param latencyMs from acceptance to the end
 * @param firstByteMs from acceptance to the first byte of the answer; null where nothing streams
 * @param served by which deployment; null where that is not known
 */
public record Bill(
        KeyId key,
        String model,
        String priceVersion,
        ObjectNode parameters,
        Units units,
        UnitsSource unitsSource,
        String provider,
        Modality modality,
        String dialect,
        Money upstreamCost,
        UsageStatus status,
        @Nullable String error,
        long latencyMs,
        @Nullable Long firstByteMs,
        @Nullable Served served) {
    /** Quantities above this are cut to it: no request makes as much, and sums of them must fit. */
    public static final long MOST_UNITS = 1_000_000_000_000L;

    public Bill {
        for (Map.Entry<Unit, Long> entry : units.asMap().entrySet()) {
            units = entry.getValue() > MOST_UNITS ? units.with(entry.getKey(), MOST_UNITS) : units;
        }
    }

    /** A bill that does not say which deployment served the request. */
    public Bill(
            KeyId key,
            String model,
            String priceVersion,
            ObjectNode parameters,
            Units units,
            UnitsSource unitsSource,
            String provider,
            Modality modality,
            String dialect,
            Money upstreamCost,
            UsageStatus status,
            @Nullable String error,
            long latencyMs,
            @Nullable Long firstByteMs) {
        this(
                key,
                model,
                priceVersion,
                parameters,
                units,
                unitsSource,
                provider,
                modality,
                dialect,
                upstreamCost,
                status,
                error,
                latencyMs,
                firstByteMs,
                null);
    }
}
