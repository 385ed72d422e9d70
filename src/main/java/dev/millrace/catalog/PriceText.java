package dev.millrace.catalog;

import dev.millrace.meter.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Says prices in words, as {@code 0.14 a second with sound = on; otherwise 0.07 a second}. */
public final class PriceText {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private PriceText() {}

    /** What the units of a model cost in dollars, one text for each unit that is priced. */
    public static List<String> of(PriceList prices) {
        return prices.rules().stream()
                .map(PriceRule::unit)
                .distinct()
                .map(unit -> unit(prices.rules().stream()
                        .filter(rule -> rule.unit() == unit)
                        .toList()))
                .toList();
    }

    private static String unit(List<PriceRule> rules) {
        List<String> steps = new ArrayList<>();
        for (PriceRule rule : rules) {
            String price = dollars(rule) + " " + per(rule);
            String when = rule.when().stream().map(PriceText::condition).collect(Collectors.joining(" and "));
            if (!when.isEmpty()) {
                steps.add(price + " with " + when);
            } else {
                steps.add(rules.size() == 1 ? price : "otherwise " + price);
            }
        }
        return String.join("; ", steps);
    }

    /** The dollars of {@link #perMillion a million}, or of one of the unit. */
    public static String dollars(PriceRule rule) {
        BigDecimal price = rule.price().toDecimal();
        return (perMillion(rule)
                        ? price
                        : price.multiply(BigDecimal.valueOf(rule.unit().countedPerPriced()))
                                .divide(BigDecimal.valueOf(rule.per())))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Whether the price is stated for a million, as that of tokens is. */
    public static boolean perMillion(PriceRule rule) {
        return MILLION.multiply(BigDecimal.valueOf(rule.unit().countedPerPriced()))
                        .longValueExact()
                == rule.per();
    }

    private static String per(PriceRule rule) {
        String unit = name(rule.unit());
        return perMillion(rule) ? "a million " + unit + "s" : (startsWithVowel(unit) ? "an " : "a ") + unit;
    }

    private static boolean startsWithVowel(String unit) {
        return "aeiou".indexOf(unit.charAt(0)) >= 0;
    }

    private static String name(Unit unit) {
        return switch (unit) {
            case VIDEO_SECOND, AUDIO_SECOND -> "second";
            case REQUEST,
                    INPUT_TOKEN,
                    CACHED_INPUT_TOKEN,
                    OUTPUT_TOKEN,
                    REASONING_TOKEN,
                    IMAGE,
                    TRACK,
                    INPUT_CHARACTER -> unit.wire().replace('_', ' ');
        };
    }

    private static String condition(PriceCondition condition) {
        String name = "`" + condition.parameter() + "` ";
        return switch (condition) {
            case PriceCondition.OneOf one -> name + values(one.values());
            case PriceCondition.Between between -> name + range(between);
            case PriceCondition.Given given -> (given.wanted() ? "" : "no ") + name.strip();
        };
    }

    /** What a parameter must be, as {@code on}, {@code from 3 to 5} or {@code given}. */
    public static String value(PriceCondition condition) {
        return switch (condition) {
            case PriceCondition.OneOf one -> values(one.values());
            case PriceCondition.Between between -> range(between);
            case PriceCondition.Given given -> given.wanted() ? "given" : "not given";
        };
    }

    private static String values(List<JsonNode> values) {
        return values.stream()
                .map(value -> value.isString() ? value.asString() : value.toString())
                .collect(Collectors.joining(" or "));
    }

    private static String range(PriceCondition.Between between) {
        BigDecimal min = between.min();
        BigDecimal max = between.max();
        if (min == null) {
            return "up to " + max;
        }
        return max == null ? "from " + min : "from " + min + " to " + max;
    }
}
