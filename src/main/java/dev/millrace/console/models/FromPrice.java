package dev.millrace.console.models;

import dev.millrace.catalog.PriceList;
import dev.millrace.catalog.PriceRule;
import dev.millrace.catalog.PriceText;
import dev.millrace.meter.Unit;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * The least that a model asks for one of what it makes.
 *
 * @param from whether it can be more
 * @param usd dollars
 * @param per what they are for, as {@code image}
 */
public record FromPrice(boolean from, String usd, String per) {
    /** For each unit that is priced, in the order of the price list; only the two first, which are what is made. */
    static List<FromPrice> of(PriceList prices) {
        return prices.rules().stream()
                .map(PriceRule::unit)
                .distinct()
                .filter(unit -> unit != Unit.CACHED_INPUT_TOKEN && unit != Unit.REASONING_TOKEN)
                .limit(2)
                .map(unit -> of(prices.rules().stream()
                        .filter(rule -> rule.unit() == unit)
                        .toList()))
                .toList();
    }

    private static FromPrice of(List<PriceRule> rules) {
        PriceRule least = rules.stream()
                .min(Comparator.comparing(rule -> new BigDecimal(PriceText.dollars(rule))))
                .orElseThrow();
        boolean many = PriceText.perMillion(least);
        String unit = Words.shortUnit(least.unit());
        boolean varies =
                rules.stream().anyMatch(rule -> !PriceText.dollars(rule).equals(PriceText.dollars(least)));
        return new FromPrice(
                varies,
                cents(PriceText.dollars(least)),
                many ? "M " + (least.unit() == Unit.INPUT_CHARACTER ? "characters" : unit) : unit);
    }

    /** Two decimals at least, as amounts are written. */
    static String cents(String usd) {
        BigDecimal amount = new BigDecimal(usd);
        return (amount.scale() < 2 ? amount.setScale(2) : amount).toPlainString();
    }
}
