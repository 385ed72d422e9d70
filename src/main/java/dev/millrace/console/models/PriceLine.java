package dev.millrace.console.models;

import dev.millrace.catalog.PriceCondition;
import dev.millrace.catalog.PriceList;
import dev.millrace.catalog.PriceRule;
import dev.millrace.catalog.PriceText;
import dev.millrace.meter.Modality;
import dev.millrace.money.CreditRate;
import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One price of a model.
 *
 * @param unit what it is for, as {@code image} or {@code million input tokens}
 * @param when under which parameters it holds; none for the price that holds otherwise
 * @param usd dollars
 * @param higgsfield the same in credits of that dialect; empty where the dialect has no such models
 * @param apiframe the same in credits of that dialect
 */
public record PriceLine(
        String unit, List<When> when, boolean otherwise, String usd, String higgsfield, String apiframe) {
    private static final int PLACES = 4;

    /** A parameter and what it must be. */
    public record When(String parameter, String value) {}

    static List<PriceLine> of(PriceList prices, Modality modality, Rates rates) {
        List<PriceRule> rules = prices.rules();
        List<PriceLine> lines = new ArrayList<>(lines(rules, modality, rates));
        Money minimum = prices.markup().minimum();
        if (minimum.isPositive()) {
            boolean credits = modality != Modality.LANGUAGE;
            lines.add(new PriceLine(
                    "request, at least",
                    List.of(),
                    false,
                    minimum.toUsd(),
                    credits ? credits(minimum, rates.higgsfield()) : "",
                    credits ? credits(minimum, rates.apiframe()) : ""));
        }
        return List.copyOf(lines);
    }

    private static List<PriceLine> lines(List<PriceRule> rules, Modality modality, Rates rates) {
        return rules.stream()
                .map(rule -> {
                    boolean alone = rules.stream()
                                    .filter(one -> one.unit() == rule.unit())
                                    .count()
                            == 1;
                    return of(rule, alone, modality, rates);
                })
                .toList();
    }

    private static PriceLine of(PriceRule rule, boolean alone, Modality modality, Rates rates) {
        boolean many = PriceText.perMillion(rule);
        String name = Words.unit(rule.unit());
        boolean credits = modality != Modality.LANGUAGE && !many;
        return new PriceLine(
                many ? "million " + name + "s" : name,
                rule.when().stream().map(PriceLine::when).toList(),
                rule.when().isEmpty() && !alone,
                FromPrice.cents(PriceText.dollars(rule)),
                credits ? credits(rule, rates.higgsfield()) : "",
                credits ? credits(rule, rates.apiframe()) : "");
    }

    private static When when(PriceCondition condition) {
        return new When(condition.parameter(), PriceText.value(condition));
    }

    private static String credits(PriceRule rule, CreditRate rate) {
        return credits(rule.price().timesRatio(rule.unit().countedPerPriced(), rule.per()), rate);
    }

    private static String credits(Money one, CreditRate rate) {
        BigDecimal credits = new BigDecimal(rate.credits(one, PLACES)).setScale(PLACES, RoundingMode.HALF_UP);
        return credits.stripTrailingZeros().toPlainString();
    }
}
