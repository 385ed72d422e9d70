package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.Buckets.Draw;
import dev.millrace.limits.Buckets.Drawn;
import dev.millrace.limits.Buckets.Level;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.limits.LimitStanding.Whose;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Counts requests and tokens against the rules of plans, organizations and keys. All that apply are taken, or none. Tokens count
 * by what a request may use at most as it is admitted, and by what it used once that is known.
 */
public final class PlanRates {
    private final LimitBook book;
    private final Buckets buckets;

    /** @param nodes how many nodes divide each limit among them */
    public PlanRates(LimitBook book, IntSupplier nodes, LongSupplier nanoTime) {
        this(book, new LocalBuckets(nodes, nanoTime));
    }

    PlanRates(LimitBook book, Buckets buckets) {
        this.book = book;
        this.buckets = buckets;
    }

    private record Want(Subject subject, Rule rule, Draw draw) {
        static Want of(Subject subject, Rule rule, long limit, long tokens) {
            return new Want(subject, rule, new Draw(subject.name(rule), limit, tokens));
        }
    }

    /** How one rule stands. */
    public record Standing(Whose whose, Rule rule, RateState state) {}

    /**
     * Counts one request.
     *
     * @param tokens the most that it may use; 0 where nothing is counted in tokens
     * @throws dev.millrace.problem.ProblemException {@code RATE_LIMITED} with the wait; nothing was counted then
     */
    public void take(OrganizationId organization, KeyId key, String model, Modality modality, long tokens) {
        List<Want> wants = wants(organization, key, model, modality, tokens);
        if (wants.isEmpty()) {
            return;
        }
        Drawn drawn = buckets.take(draws(wants));
        if (!drawn.taken()) {
            throw refusal(wants, drawn.levels()).toException();
        }
        for (int i = 0; i < wants.size(); i++) {
            tell(wants.get(i), RateState.of(drawn.levels().get(i)));
        }
    }

    /**
     * Puts what was used in the place of what was counted: the rest is given back, and what is more is taken.
     *
     * @param counted what {@link #take} counted
     */
    public void settle(
            OrganizationId organization, KeyId key, String model, Modality modality, long counted, long used) {
        List<Want> wants = wants(organization, key, model, modality, counted).stream()
                .filter(want -> want.rule().measure() == Measure.TOKENS)
                .toList();
        if (!wants.isEmpty()) {
            buckets.settle(draws(wants), used);
        }
    }

    /** How every rule of the key and its organization stands; counts nothing. */
    public List<Standing> standing(OrganizationId organization, KeyId key) {
        List<Want> wants = new ArrayList<>();
        LimitBook.Both both = book.of(organization, key);
        each(both, organization, key, (subject, rule, limit) -> wants.add(Want.of(subject, rule, limit, 0)));
        List<Level> levels = wants.isEmpty() ? List.of() : buckets.look(draws(wants));
        List<Standing> all = new ArrayList<>();
        for (int i = 0; i < wants.size(); i++) {
            Want want = wants.get(i);
            all.add(new Standing(want.subject().whose(), want.rule(), RateState.of(levels.get(i))));
        }
        return all;
    }

    private interface Each {
        void rule(Subject subject, Rule rule, long limit);
    }

    private static void each(LimitBook.Both both, OrganizationId organization, KeyId key, Each each) {
        Subject all = Subject.of(organization);
        both.organization().numbers().forEach((rule, limit) -> {
            if (rule.measure().perMinute()) {
                each.rule(all, rule, limit);
            }
        });
        Subject one = Subject.of(key);
        both.key().numbers().forEach((rule, limit) -> {
            if (rule.measure().perMinute()) {
                each.rule(one, rule, limit);
            }
        });
    }

    private List<Want> wants(OrganizationId organization, KeyId key, String model, Modality modality, long tokens) {
        List<Want> wants = new ArrayList<>();
        each(book.of(organization, key), organization, key, (subject, rule, limit) -> {
            long wanted = rule.measure() == Measure.REQUESTS ? 1 : tokens;
            if (wanted > 0 && rule.counts(model, modality)) {
                wants.add(Want.of(subject, rule, limit, wanted));
            }
        });
        return wants;
    }

    private static List<Draw> draws(List<Want> wants) {
        return wants.stream().map(Want::draw).toList();
    }

    private static void tell(Want want, RateState state) {
        if (want.rule().measure() == Measure.REQUESTS) {
            RateHeaders.counted(state);
        } else {
            RateHeaders.countedTokens(state);
        }
    }

    /** Whoever waits as long as the slowest of those that refuse is let in by all. */
    private Problem refusal(List<Want> wants, List<Level> levels) {
        long nanos = 1;
        int first = -1;
        for (int i = 0; i < wants.size(); i++) {
            if (levels.get(i).nanosToWait() > 0) {
                first = first < 0 ? i : first;
                nanos = Math.max(nanos, levels.get(i).nanosToWait());
            }
        }
        Want by = wants.get(Math.max(0, first));
        long quota = levels.get(Math.max(0, first)).quota();
        Duration wait = WholeSeconds.up(Duration.ofNanos(nanos));
        tell(by, new RateState(quota, Meter.WINDOW, 0, wait));
        return new Problem(
                ProblemCode.RATE_LIMITED,
                "%s may use %d %s a minute%s; try again in %d s."
                        .formatted(
                                by.subject().named(),
                                quota,
                                by.rule().measure() == Measure.REQUESTS ? "requests" : "tokens",
                                by.rule().scope(),
                                wait.toSeconds()),
                List.of(),
                Map.of(
                        "limit",
                        quota,
                        "window_seconds",
                        Meter.WINDOW.toSeconds(),
                        "of",
                        by.subject().word()),
                wait);
    }
}
