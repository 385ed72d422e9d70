package dev.millrace.catalog;

import dev.millrace.catalog.PriceCondition.Verdict;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the units of one model cost. The costs of the units add up; a unit without a rule is free, but for cached input and
 * reasoning tokens, which then cost what input and output tokens cost. Units are counted apart: a cached token is no
 * input token beside. Whatever used anything was one request at least; what used nothing costs nothing.
 */
public final class PriceList {
    private final String version;
    private final ObjectNode body;
    private final List<PriceRule> rules;

    PriceList(String version, ObjectNode body, List<PriceRule> rules) {
        this.version = version;
        this.body = body;
        this.rules = List.copyOf(rules);
    }

    /** Names this price list by its content: the same prices have the same version, on every node and after a restart. */
    public String version() {
        return version;
    }

    /** The price block as the catalogue file states it, to show and to keep; a copy. */
    public ObjectNode body() {
        return body.deepCopy();
    }

    public List<PriceRule> rules() {
        return rules;
    }

    /** What was used costs so much, by the rules that hold for the parameters. */
    public Money charge(ObjectNode parameters, Units used) {
        return total(used, unit -> rate(pricedAs(unit), parameters));
    }

    /** What {@link #charge} is made of: a line for each unit that was used, also for those that are free. */
    public List<PriceLine> lines(ObjectNode parameters, Units used) {
        List<PriceLine> lines = new ArrayList<>();
        for (Map.Entry<Unit, Long> entry : counted(used).asMap().entrySet()) {
            PriceRule rule = rate(pricedAs(entry.getKey()), parameters).stream()
                    .findFirst()
                    .orElse(null);
            Money amount = rule == null ? Money.ZERO : rule.cost(entry.getValue());
            lines.add(new PriceLine(entry.getKey(), entry.getValue(), rule, amount));
        }
        return lines;
    }

    /**
     * The most that {@link #charge} can ask for units up to {@code planned}: where a parameter that changes the price is
     * absent, the dearest rule that can apply is taken, and input and output tokens as if the dearest kind of them.
     */
    public Money worst(ObjectNode parameters, Units planned) {
        return total(planned, unit -> possible(unit, parameters));
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
