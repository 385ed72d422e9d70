package dev.millrace.catalog;

import dev.millrace.meter.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where one quantity comes from: a constant, or a parameter and what counts when that is absent.
 *
 * @param unit what is counted
 * @param parameter the parameter that states it, in priced units (seconds, images); null for a constant
 * @param length whether the characters of the parameter are counted, not its value
 * @param fallback the constant, or what an absent parameter means, in priced units
 * @param parts how many counted parts one of the stated number makes: 1000 where seconds are stated and milliseconds counted
 * @param named what the values of a parameter mean that states its quantity by name; empty where it states numbers
 * @param upperBound whether the request makes up to so much, and only its upstream says how much it was
 */
public record UnitSource(
        Unit unit,
        @Nullable String parameter,
        boolean length,
        BigDecimal fallback,
        long parts,
        Map<String, BigDecimal> named,
        boolean upperBound) {
    public UnitSource {
        named = Map.copyOf(named);
    }

    /** The counted parts that a request with these checked parameters makes. */
    long quantity(ObjectNode parameters) {
        JsonNode value = parameter == null ? null : parameters.get(parameter);
        BigDecimal stated = value == null || value.isNull() ? fallback : number(value);
        // A part that has begun is counted: a request never makes more than was planned.
        return stated.multiply(BigDecimal.valueOf(parts))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private BigDecimal number(JsonNode value) {
        if (length) {
            String text = value.asString("");
            return BigDecimal.valueOf(text.codePointCount(0, text.length()));
        }
        BigDecimal meant = named.get(value.asString(""));
        if (meant != null) {
            return meant;
        }
        return value.isNumber() ? value.decimalValue() : new BigDecimal(value.asString());
    }
}
