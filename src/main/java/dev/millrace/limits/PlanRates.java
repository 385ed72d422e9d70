package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Counts requests and tokens against the rules of plans, organizations and keys. All that apply are taken, or none: what one
 * refuses is given back to the others. Tokens count by what a request may use at most, as it is admitted.
 */
public final class PlanRates {
    private static final int METERS_MAX = 200_000;

    private final LimitBook book;
    private final IntSupplier nodes;
    private final LongSupplier nanoTime;
    private final Cache<Name, Meter> meters;

    /** @param nodes how many nodes divide each limit among them */
    public PlanRates(LimitBook book, IntSupplier nodes, LongSupplier nanoTime) {
        this.book = book;
        this.nodes = nodes;
        this.nanoTime = nanoTime;
        this.meters = Caffeine.newBuilder()
                .maximumSize(METERS_MAX)
                .expireAfterAccess(Meter.WINDOW.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    private record Name(String subject, Rule rule) {}

    private record Want(String whose, Rule rule, Meter meter, long tokens) {}

    /** How one rule stands. */
    public record Standing(String whose, Rule rule, RateState state) {}

    /**
     * Counts one request.
     *
     * @param tokens the most that it may use; 0 where nothing is counted in tokens
     * @throws dev.millrace.problem.ProblemException {@code RATE_LIMITED} with the wait; nothing was counted then
     */
    public void take(OrganizationId organization, KeyId key, String model, Modality modality, long tokens) {
        List<Want> wants = wants(organization, key, model, modality, tokens);
        for (int i = 0; i < wants.size(); i++) {
            Want want = wants.get(i);
            ConsumptionProbe probe = want.meter().take(want.tokens());
            if (!probe.isConsumed()) {
                wants.subList(0, i).forEach(taken -> taken.meter().giveBack(taken.tokens()));
                throw refusal(want, wants).toException();
            }
            tell(want, want.meter().state(probe.getRemainingTokens()));
        }
    }

    /** How every rule of the key and its organization stands; counts nothing. */
    public List<Standing> standing(OrganizationId organization, KeyId key) {
        LimitBook.Both both = book.of(organization, key);
        List<Standing> all = new ArrayList<>();
        both.organization()
                .perMinute()
                .forEach((rule, limit) -> all.add(standing("organization", organization.text(), rule, limit)));
        both.key().perMinute().forEach((rule, limit) -> all.add(standing("key", key.text(), rule, limit)));
        return all;
    }

    private Standing standing(String whose, String id, Rule rule, long limit) {
        Meter meter = meter(whose + ":" + id, rule, limit);
        return new Standing(whose, rule, meter.state(meter.remaining()));
    }

    private List<Want> wants(OrganizationId organization, KeyId key, String model, Modality modality, long tokens) {
        LimitBook.Both both = book.of(organization, key);
        List<Want> wants = new ArrayList<>();
        add(wants, "organization", organization.text(), both.organization(), model, modality, tokens);
        add(wants, "key", key.text(), both.key(), model, modality, tokens);
        return wants;
    }

    private void add(
            List<Want> wants, String whose, String id, LimitRules rules, String model, Modality modality, long tokens) {
        rules.perMinute().forEach((rule, limit) -> {
            long wanted = rule.measure() == Measure.REQUESTS ? 1 : tokens;
            if (wanted > 0 && rule.counts(model, modality)) {
                Meter meter = meter(whose + ":" + id, rule, limit);
                // More than a minute has is let in when the minute is whole.
                wants.add(new Want(whose, rule, meter, Math.min(wanted, meter.quota)));
            }
        });
    }

    private Meter meter(String subject, Rule rule, long limit) {
        long quota = Math.max(1, limit / Math.max(1, nodes.getAsInt()));
        return meters.asMap()
                .compute(
                        new Name(subject, rule),
                        (name, known) -> known == null || known.quota != quota ? new Meter(quota, nanoTime) : known);
    }

    private static void tell(Want want, RateState state) {
        switch (want.rule().measure()) {
            case REQUESTS -> RateHeaders.counted(state);
            case TOKENS -> RateHeaders.countedTokens(state);
        }
    }

    /** Whoever waits as long as the slowest of those that refuse is let in by all. */
    private static Problem refusal(Want first, List<Want> wants) {
        long nanos = 0;
        for (Want want : wants) {
            long wait = want.meter().nanosToWait(want.tokens());
            if (wait > 0) {
                nanos = Math.max(nanos, want.meter().promise(wait, want.tokens()));
            }
        }
        Duration wait = WholeSeconds.up(Duration.ofNanos(Math.max(1, nanos)));
        tell(first, new RateState(first.meter().quota, Meter.WINDOW, 0, wait));
        return new Problem(
                ProblemCode.RATE_LIMITED,
                "%s may use %d %s a minute%s; try again in %d s."
                        .formatted(
                                first.whose().equals("key") ? "This key" : "This organization",
                                first.meter().quota,
                                first.rule().measure().name().toLowerCase(Locale.ROOT),
                                scope(first.rule()),
                                wait.toSeconds()),
                List.of(),
                Map.of("limit", first.meter().quota, "window_seconds", Meter.WINDOW.toSeconds(), "of", first.whose()),
                wait);
    }

    private static String scope(Rule rule) {
        String what = rule.modality().isEmpty() ? rule.model() : rule.modality();
        return what.isEmpty() ? "" : " for " + what;
    }
}
