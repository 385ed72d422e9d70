package dev.millrace.catalog;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the quantities come from that a request of a model makes. */
public record UnitPlan(List<Source> sources) {
    static final UnitPlan NONE = new UnitPlan(List.of());

    /**
     * Where one quantity comes from: a constant, or a parameter and what counts when that is absent.
     *
     * @param unit what is counted
     * @param parameter the parameter that states it, in priced units (seconds, images); null for a constant
     * @param fallback the constant, or what an absent parameter means, in priced units
     * @param parts how many counted parts one of the stated number makes: 1000 where seconds are stated and milliseconds counted
     */
    public record Source(Unit unit, @Nullable String parameter, BigDecimal fallback, long parts) {
        private long quantity(ObjectNode parameters) {
            JsonNode value = parameter == null ? null : parameters.get(parameter);
            BigDecimal stated = value == null || value.isNull() ? fallback : number(value);
            // A part that has begun is counted: a request never makes more than was planned.
            return stated.multiply(BigDecimal.valueOf(parts))
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
        }

        private static BigDecimal number(JsonNode value) {
            return value.isNumber() ? value.decimalValue() : new BigDecimal(value.asString());
        }
    }

    public UnitPlan {
        sources = List.copyOf(sources);
    }

    /** The quantities that a request with these checked parameters makes. */
    Units planned(ObjectNode parameters) {
        Units units = Units.NONE;
        for (Source source : sources) {
            units = units.with(source.unit(), source.quantity(parameters));
        }
        return units;
    }

    /** How many images or tracks every request makes; 1 where that is not constant, and for video. */
    long constantOutputs() {
        return sources.stream()
                .filter(source -> source.parameter() == null)
                .filter(source -> source.unit() == Unit.IMAGE || source.unit() == Unit.TRACK)
                .mapToLong(source -> source.fallback().longValue())
                .findFirst()
                .orElse(1);
    }
}
