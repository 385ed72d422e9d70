package dev.millrace.api.millrace.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.PriceList;
import dev.millrace.catalog.PriceRule;
import dev.millrace.meter.Unit;
import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model costs: {@code rates} as the catalogue states them, and beside them dollars for one of a thing, as OpenRouter's
 * clients read them. Where a price depends on the parameters the dearest one stands there; {@code prompt} and {@code completion}
 * are for one token, and 0 for a model that is not paid by tokens; {@code minimum} is what a request costs at least.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PricingBody(
        String currency,
        String version,
        ObjectNode rates,
        String prompt,
        String completion,
        @Nullable String input_cache_read,
        @Nullable String internal_reasoning,
        @Nullable String request,
        @Nullable String image,
        @Nullable String video_second,
        @Nullable String audio_second,
        @Nullable String track,
        @Nullable String minimum) {
    static PricingBody of(PriceList prices) {
        return new PricingBody(
                "USD",
                prices.version(),
                prices.body(),
                one(prices, Unit.INPUT_TOKEN).orElse("0"),
                one(prices, Unit.OUTPUT_TOKEN).orElse("0"),
                one(prices, Unit.CACHED_INPUT_TOKEN).orElse(null),
                one(prices, Unit.REASONING_TOKEN).orElse(null),
                one(prices, Unit.REQUEST).orElse(null),
                one(prices, Unit.IMAGE).orElse(null),
                one(prices, Unit.VIDEO_SECOND).orElse(null),
                one(prices, Unit.AUDIO_SECOND).orElse(null),
                one(prices, Unit.TRACK).orElse(null),
                minimum(prices));
    }

    /** What a request costs at least; null where there is no minimum. */
    static @Nullable String minimum(PriceList prices) {
        Money least = prices.markup().minimum();
        return least.isZero() ? null : least.toUsd();
    }

    private static Optional<String> one(PriceList prices, Unit unit) {
        return prices.rules().stream()
                .filter(rule -> rule.unit() == unit)
                .map(PricingBody::dollars)
                .max(Comparator.naturalOrder())
                .map(most -> most.stripTrailingZeros().toPlainString());
    }

    /** What a rule asks for one token, image or second. */
    static BigDecimal dollars(PriceRule rule) {
        return rule.price()
                .toDecimal()
                .multiply(BigDecimal.valueOf(rule.unit().countedPerPriced()))
                .divide(BigDecimal.valueOf(rule.per()), MathContext.DECIMAL64);
    }
}
