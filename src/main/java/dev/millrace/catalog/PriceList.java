package dev.millrace.catalog;

import dev.millrace.catalog.PriceCondition.Verdict;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the units of one model cost. The costs of the units add up; a unit without a rule is free, but for cached input and
 * reasoning tokens, which then cost what input and output tokens cost. Units are counted apart: a cached token is no
 * input token beside. Whatever used anything was one request at least; what used nothing costs nothing. A customer's price list
 * is one under a {@link Markup}: the costs of the units are rounded up to a whole nano-dollar each and added up, the sum is
 * multiplied by the factor and rounded up once more, and a request that is charged as a whole costs the minimum at least.
 */
public final class PriceList {
    /** The most that a line is shown with, far above every charge: what an upstream reports may be any number. */
    static final Money LINE_MOST = Money.usd("1000000000");

    private final String version;
    private final ObjectNode body;
    private final List<PriceRule> rules;
    private final String base;
    private final Markup markup;

    PriceList(String version, ObjectNode body, List<PriceRule> rules) {
        this(version, body, List.copyOf(rules), Markup.NONE);
    }

    private PriceList(String base, ObjectNode body, List<PriceRule> rules, Markup markup) {
        this.base = base;
        this.version = markup.name(base);
        this.body = body;
        this.rules = rules;
        this.markup = markup;
    }

    /** The same prices for a customer who pays them under a markup, whatever this one is under. */
    public PriceList under(Markup other) {
        return other.equals(markup) ? this : new PriceList(base, body, rules, other);
    }

    /** What these prices are under; {@link Markup#NONE} for those of the catalogue. */
    public Markup markup() {
        return markup;
    }

    /** The version of the catalogue's own prices that these are made of. */
    public String base() {
        return base;
    }

    /**
     * Names this price list by its content: the same prices have the same version, on every node and after a restart. Under a
     * markup it is that of the catalogue's prices with the markup behind it, as {@code 0123456789abcdef-x1.15-min0.002}, so that
     * whoever knows the one can make the other.
     */
    public String version() {
        return version;
    }

    /**
     * The price block as the catalogue file states it, to show and to keep; a copy. Under a markup its prices are what the
     * customer pays, and {@code minimum_usd} stands beside them.
     */
    public ObjectNode body() {
        return markup.isNone() ? body.deepCopy() : MarkedBody.of(body, markup);
    }

    /** The prices as the customer pays them; under a markup each is rounded up to a whole nano-dollar, to be shown. */
    public List<PriceRule> rules() {
        return markup.millionths() == Markup.ONE
                ? rules
                : rules.stream()
                        .map(rule -> new PriceRule(rule.unit(), markup.on(rule.price()), rule.per(), rule.when()))
                        .toList();
    }

    /** What was used costs so much, by the rules that hold for the parameters: what a request is charged that was served whole. */
    public Money charge(ObjectNode parameters, Units used) {
        return used.isEmpty() ? Money.ZERO : Money.max(markup.minimum(), chargeOfPart(parameters, used));
    }

    /** The same for a request that broke off: the minimum is not asked for what nobody got whole. */
    public Money chargeOfPart(ObjectNode parameters, Units used) {
        return markup.on(listed(parameters, used));
    }

    /** The sum of {@link #lines}: what the catalogue's own prices ask, with neither factor nor minimum. */
    private Money listed(ObjectNode parameters, Units used) {
        return total(used, unit -> rate(pricedAs(unit), parameters));
    }

    /**
     * What {@link #charge} is made of before markup and minimum: a line for each unit that was used, also for those that are free, in
     * the order of the units, at the catalogue's own prices. Of an absurd quantity a line says {@link #LINE_MOST}.
     */
    public List<PriceLine> lines(ObjectNode parameters, Units used) {
        List<PriceLine> lines = new ArrayList<>();
        for (Map.Entry<Unit, Long> entry : new TreeMap<>(counted(used).asMap()).entrySet()) {
            PriceRule rule = rate(pricedAs(entry.getKey()), parameters).stream()
                    .findFirst()
                    .orElse(null);
            Money amount = rule == null ? Money.ZERO : shown(rule, entry.getValue());
            lines.add(new PriceLine(entry.getKey(), entry.getValue(), rule, amount));
        }
        return lines;
    }

    private static Money shown(PriceRule rule, long quantity) {
        try {
            return Money.min(LINE_MOST, rule.cost(quantity));
        } catch (ArithmeticException beyondALong) {
            return LINE_MOST;
        }
    }

    /**
     * The most that {@link #charge} can ask for units up to {@code planned}: where a parameter that changes the price is
     * absent, the dearest rule that can apply is taken, and input and output tokens as if the dearest kind of them.
     */
    public Money worst(ObjectNode parameters, Units planned) {
        return Money.max(markup.minimum(), markup.on(total(planned, unit -> possible(unit, parameters))));
    }

    private interface Rates {
        List<PriceRule> of(Unit unit);
    }

    private static Money total(Units units, Rates rates) {
        Money total = Money.ZERO;
        for (Map.Entry<Unit, Long> entry : counted(units).asMap().entrySet()) {
            Money dearest = Money.ZERO;
            for (PriceRule rule : rates.of(entry.getKey())) {
                dearest = Money.max(dearest, rule.cost(entry.getValue()));
            }
            total = total.plus(dearest);
        }
        return total;
    }

    /** Whatever an upstream reports, what it reports on was one request at least. */
    private static Units counted(Units units) {
        return units.isEmpty() ? units : units.with(Unit.REQUEST, Math.max(1, units.get(Unit.REQUEST)));
    }

    private List<PriceRule> rate(Unit unit, ObjectNode parameters) {
        return rules.stream()
                .filter(rule -> rule.unit() == unit && verdict(rule, parameters) == Verdict.HOLDS)
                .limit(1)
                .toList();
    }

    private List<PriceRule> possible(Unit unit, ObjectNode parameters) {
        List<PriceRule> possible = new ArrayList<>();
        for (Unit kind : kindsOf(unit)) {
            for (PriceRule rule : rules) {
                Verdict verdict = rule.unit() == kind ? verdict(rule, parameters) : Verdict.FAILS;
                if (verdict != Verdict.FAILS) {
                    possible.add(rule);
                }
                if (verdict == Verdict.HOLDS) {
                    break;
                }
            }
        }
        return possible;
    }

    private Unit pricedAs(Unit unit) {
        if (rules.stream().anyMatch(rule -> rule.unit() == unit)) {
            return unit;
        }
        return switch (unit) {
            case CACHED_INPUT_TOKEN -> Unit.INPUT_TOKEN;
            case REASONING_TOKEN -> Unit.OUTPUT_TOKEN;
            case REQUEST, INPUT_TOKEN, OUTPUT_TOKEN, IMAGE, VIDEO_SECOND, AUDIO_SECOND, TRACK, INPUT_CHARACTER -> unit;
        };
    }

    private static List<Unit> kindsOf(Unit unit) {
        return switch (unit) {
            case INPUT_TOKEN, CACHED_INPUT_TOKEN -> List.of(Unit.INPUT_TOKEN, Unit.CACHED_INPUT_TOKEN);
            case OUTPUT_TOKEN, REASONING_TOKEN -> List.of(Unit.OUTPUT_TOKEN, Unit.REASONING_TOKEN);
            case REQUEST, IMAGE, VIDEO_SECOND, AUDIO_SECOND, TRACK, INPUT_CHARACTER -> List.of(unit);
        };
    }

    private static Verdict verdict(PriceRule rule, ObjectNode parameters) {
        Verdict all = Verdict.HOLDS;
        for (PriceCondition condition : rule.when()) {
            Verdict one = condition.verdict(parameters);
            if (one == Verdict.FAILS) {
                return Verdict.FAILS;
            }
            all = one == Verdict.OPEN ? Verdict.OPEN : all;
        }
        return all;
    }
}
