package dev.millrace.api.apiframe;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceRule;
import dev.millrace.meter.Unit;
import dev.millrace.money.CreditRate;
import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * The prices of a model in a line: from, to, and for what.
 *
 * @param mode {@code flat} for a request, {@code per-second} or {@code per-output}
 * @param least credits
 * @param most credits
 */
record Pricing(String mode, BigDecimal least, BigDecimal most) {
    private static final int PLACES = 3;

    static Pricing of(Model model, CreditRate rate) {
        List<PriceRule> rules = model.prices().rules();
        Unit unit = rules.stream().map(PriceRule::unit).findFirst().orElse(Unit.REQUEST);
        List<Money> prices = rules.stream()
                .filter(rule -> rule.unit() == unit)
                .map(Pricing::perUnit)
                .sorted()
                .toList();
        Money least = prices.isEmpty() ? Money.ZERO : prices.getFirst();
        Money most = prices.isEmpty() ? Money.ZERO : prices.getLast();
        // A request is one second or output at least, and no request costs less than the minimum.
        Money minimum = model.prices().markup().minimum();
        return new Pricing(
                mode(unit), credits(Money.max(least, minimum), rate), credits(Money.max(most, minimum), rate));
    }

    private static Money perUnit(PriceRule rule) {
        return rule.price().timesRatio(rule.unit().countedPerPriced(), rule.per());
    }

    private static BigDecimal credits(Money amount, CreditRate rate) {
        BigDecimal credits = new BigDecimal(rate.credits(amount, PLACES)).stripTrailingZeros();
        return credits.scale() < 0 ? credits.setScale(0) : credits;
    }

    private static String mode(Unit unit) {
        return switch (unit) {
            case VIDEO_SECOND, AUDIO_SECOND -> "per-second";
            case IMAGE, TRACK -> "per-output";
            case REQUEST, INPUT_CHARACTER, INPUT_TOKEN, CACHED_INPUT_TOKEN, OUTPUT_TOKEN, REASONING_TOKEN -> "flat";
        };
    }
}
