package dev.millrace.api.millrace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.PriceList;
import dev.millrace.catalog.PriceRule;
import dev.millrace.meter.Unit;
import dev.millrace.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model costs: {@code rates} as the catalogue states them, and for language models {@code prompt} and {@code completion} in
 * dollars per token, as OpenRouter's clients read them.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PricingBody(
        String currency,
        String version,
        ObjectNode rates,
        @Nullable String prompt,
        @Nullable String completion,
        @Nullable String image) {
    static PricingBody of(PriceList prices) {
        return new PricingBody(
                "USD",
                prices.version(),
                prices.body(),
                flat(prices, Unit.INPUT_TOKEN),
                flat(prices, Unit.OUTPUT_TOKEN),
                flat(prices, Unit.IMAGE));
    }

    /** The price of one unit in dollars, where it depends on nothing. */
    private static @Nullable String flat(PriceList prices, Unit unit) {
        List<PriceRule> rules =
                prices.rules().stream().filter(rule -> rule.unit() == unit).toList();
        if (rules.size() != 1 || !rules.getFirst().when().isEmpty()) {
            return null;
        }
        PriceRule rule = rules.getFirst();
        Money price = rule.price();
        return price.toDecimal()
                .multiply(java.math.BigDecimal.valueOf(unit.countedPerPriced()))
                .divide(java.math.BigDecimal.valueOf(rule.per()))
                .stripTrailingZeros()
                .toPlainString();
    }
}
