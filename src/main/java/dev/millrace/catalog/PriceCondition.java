package dev.millrace.catalog;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A condition that a price sets on one parameter. */
public sealed interface PriceCondition {
    /** Whether a condition holds for the parameters of a request. */
    enum Verdict {
        HOLDS,
        FAILS,
        /** The parameter is absent, so that the upstream chooses: a hold has to reckon with both. */
        OPEN
    }

    /** The name of the parameter. */
    String parameter();

    Verdict verdict(ObjectNode parameters);

    /** The parameter has one of the values. */
    record OneOf(String parameter, List<JsonNode> values) implements PriceCondition {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public Verdict verdict(ObjectNode parameters) {
            JsonNode value = parameters.get(parameter);
            if (value == null || value.isNull()) {
                return Verdict.OPEN;
            }
            return values.stream().anyMatch(one -> same(one, value)) ? Verdict.HOLDS : Verdict.FAILS;
        }

        private static boolean same(JsonNode a, JsonNode b) {
            return a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
        }
    }

    /** The parameter is a number between the bounds, both included; null is no bound. */
    record Between(
            String parameter,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) implements PriceCondition {
        @Override
        public Verdict verdict(ObjectNode parameters) {
            JsonNode value = parameters.get(parameter);
            if (value == null || !value.isNumber()) {
                return Verdict.OPEN;
            }
            BigDecimal number = value.decimalValue();
            boolean within = (min == null || number.compareTo(min) >= 0) && (max == null || number.compareTo(max) <= 0);
            return within ? Verdict.HOLDS : Verdict.FAILS;
        }
    }

    /** The parameter is given, or is not. */
    record Given(String parameter, boolean wanted) implements PriceCondition {
        @Override
        public Verdict verdict(ObjectNode parameters) {
            return parameters.hasNonNull(parameter) == wanted ? Verdict.HOLDS : Verdict.FAILS;
        }
    }
}
