package dev.millrace.limits;

import dev.millrace.limits.LimitRules.Rule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one limit stands now.
 *
 * @param whose whose use is counted
 * @param rule what is counted: the measure, and the modality or the model that it counts alone
 * @param source who says the number
 * @param limit how much there may be: in a minute, or at once
 * @param used how much of it is used now
 * @param remaining how much is left; never negative
 * @param resetsIn how long until all of it is there again; null for what is counted at once, which comes back when something ends
 */
public record LimitStanding(
        Whose whose,
        Rule rule,
        Source source,
        long limit,
        long used,
        long remaining,
        @Nullable Duration resetsIn) {
    /** Whose use is counted. */
    public enum Whose {
        ORGANIZATION,
        KEY
    }

    /** Who says a number. */
    public enum Source {
        /** The settings of this installation. */
        INSTALLATION,
        /** The organization's plan. */
        PLAN,
        /** The organization's own rules, which go over its plan's. */
        ORGANIZATION,
        /** The key's own rules, which narrow it. */
        KEY
    }

    static LimitStanding rate(Whose whose, Rule rule, Source source, RateState state) {
        long remaining = Math.clamp(state.remaining(), 0, state.quota());
        return new LimitStanding(
                whose,
                rule,
                source,
                state.quota(),
                state.quota() - state.remaining(),
                remaining,
                WholeSeconds.up(state.full()));
    }

    static LimitStanding atOnce(Whose whose, Rule rule, Source source, long limit, long used) {
        return new LimitStanding(whose, rule, source, limit, used, Math.max(0, limit - used), null);
    }
}
