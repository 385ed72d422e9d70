package dev.millrace.billing.rerate;

import dev.millrace.catalog.PriceCondition;
import dev.millrace.catalog.PriceList;
import dev.millrace.catalog.PriceRule;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether what was kept of a request says all that other prices depend on. Kept are the parameters that the old prices named,
 * and no others; a text that they did not name is kept as {@code true}.
 */
final class Kept {
    private static final Set<Unit> TOKENS = EnumSet.of(
            Unit.INPUT_TOKEN, Unit.CACHED_INPUT_TOKEN, Unit.OUTPUT_TOKEN, Unit.REASONING_TOKEN, Unit.REQUEST);

    private final List<PriceCondition> named;
    private final Set<Unit> priced = EnumSet.noneOf(Unit.class);
    private final List<PriceRule> draft;

    Kept(PriceList old, PriceList draft) {
        this.named = old.rules().stream().flatMap(rule -> rule.when().stream()).toList();
        old.rules().forEach(rule -> priced.add(rule.unit()));
        this.draft = draft.rules();
    }

    /** Why the draft can not price what used these units with these kept parameters; empty when it can. */
    Optional<Unrated> missing(ObjectNode kept, Units units) {
        for (Unit unit : Unit.values()) {
            List<PriceRule> rules =
                    draft.stream().filter(rule -> rule.unit() == unit).toList();
            if (rules.isEmpty()) {
                continue;
            }
            boolean used = used(unit, units);
            if (!used && !TOKENS.contains(unit) && !priced.contains(unit)) {
                return Optional.of(Unrated.UNIT_NOT_COUNTED);
            }
            if (used && !decided(rules, kept)) {
                return Optional.of(Unrated.PARAMETER_NOT_KEPT);
            }
        }
        return Optional.empty();
    }

    /** Whatever used anything was a request; cached and reasoning tokens may be priced as the plain ones. */
    private static boolean used(Unit unit, Units units) {
        return switch (unit) {
            case REQUEST -> !units.isEmpty();
            case INPUT_TOKEN -> units.get(unit) > 0 || units.get(Unit.CACHED_INPUT_TOKEN) > 0;
            case OUTPUT_TOKEN -> units.get(unit) > 0 || units.get(Unit.REASONING_TOKEN) > 0;
            case CACHED_INPUT_TOKEN, REASONING_TOKEN, IMAGE, VIDEO_SECOND, AUDIO_SECOND, TRACK, INPUT_CHARACTER ->
                units.get(unit) > 0;
        };
    }

    /** Whether it is certain which of the rules of one unit applies. */
    private boolean decided(List<PriceRule> rules, ObjectNode kept) {
        for (PriceRule rule : rules) {
            boolean fails = rule.when().stream()
                    .anyMatch(condition ->
                            known(condition, kept) && condition.verdict(kept) != PriceCondition.Verdict.HOLDS);
            if (!fails) {
                return rule.when().stream().allMatch(condition -> known(condition, kept));
            }
        }
        return true;
    }

    private boolean known(PriceCondition wanted, ObjectNode kept) {
        List<PriceCondition> about = named.stream()
                .filter(condition -> condition.parameter().equals(wanted.parameter()))
                .toList();
        JsonNode value = kept.get(wanted.parameter());
        if (about.isEmpty()) {
            return false;
        }
        boolean exact = value == null || !value.isBoolean() || !value.booleanValue();
        return exact
                || switch (wanted) {
                    case PriceCondition.Given given -> true;
                    case PriceCondition.Between between -> true; // numbers are kept as they are
                    case PriceCondition.OneOf one -> stoodFor(one, about);
                };
    }

    /** Whether {@code true}, which may stand for a text that the old prices did not name, tells enough of a list of values. */
    private static boolean stoodFor(PriceCondition.OneOf wanted, List<PriceCondition> about) {
        List<JsonNode> values = about.stream()
                .flatMap(condition -> condition instanceof PriceCondition.OneOf one
                        ? one.values().stream()
                        : List.<JsonNode>of().stream())
                .toList();
        boolean flag = values.stream().anyMatch(JsonNode::isBoolean);
        return flag || wanted.values().stream().allMatch(value -> value.isNumber() || values.contains(value));
    }
}
