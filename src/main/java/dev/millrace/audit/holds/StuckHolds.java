package dev.millrace.audit.holds;

import dev.millrace.audit.holds.HoldCase.Outcome;
import dev.millrace.billing.Billing;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.lease.DueWork;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends, by the rule of its kind, every hold that is open for too long. It does not take the place of what ends holds otherwise: a dead
 * node's live requests and jobs are taken up by others within seconds. This finds what those can't see.
 */
public final class StuckHolds {
    private static final Logger LOG = LoggerFactory.getLogger(StuckHolds.class);
    private static final int PAGE = 200;

    private final Database database;
    private final Billing billing;
    private final Trail trail;
    private final MeterRegistry metrics;
    private final HoldTimes times;
    private final HoldCaseStore store = new HoldCaseStore();
    private final Map<String, HoldRule> rules = new HashMap<>();

    /** @param more rules of kinds that other rooms make holds of */
    public StuckHolds(
            Database database,
            Billing billing,
            DueWork dueWork,
            Trail trail,
            MeterRegistry metrics,
            HoldTimes times,
            List<HoldRule> more) {
        this.database = database;
        this.billing = billing;
        this.trail = trail;
        this.metrics = metrics;
        this.times = times;
        List<HoldRule> all = new ArrayList<>(List.of(
                new LiveRule(times, billing),
                new JobRule(times, billing, dueWork),
                new BlockRule(times, billing.blocks())));
        all.addAll(more);
        all.forEach(rule -> rules.put(rule.kind(), rule));
    }

    /** What was found, to read. */
    public HoldCaseStore store() {
        return store;
    }

    /** Looks at every hold that is open for longer than the grace, and says what was found now. */
    public List<HoldCase> resolve() {
        List<HoldCase> found = new ArrayList<>();
        Instant before = database.read(tx -> tx.now().minus(times.grace()));
        Instant time = Instant.EPOCH;
        String id = "";
        List<OpenHold> page;
        do {
            Instant afterTime = time;
            String afterId = id;
            page = database.read(tx -> store.open(tx, before, afterTime, afterId, PAGE));
            for (OpenHold hold : late(page)) {
                act(hold).ifPresent(found::add);
            }
            if (!page.isEmpty()) {
                time = page.getLast().heldAt();
                id = page.getLast().id().text();
            }
        } while (page.size() == PAGE);
        return found;
    }

    private List<OpenHold> late(List<OpenHold> page) {
        return database.read(tx -> page.stream()
                .filter(hold -> !(ruling(tx, hold) instanceof Ruling.Working))
                .toList());
    }

    private Ruling ruling(Tx tx, OpenHold hold) {
        HoldRule rule = rules.get(hold.kind());
        return rule == null ? new Ruling.Stuck("hold of a kind that has no rule") : rule.rule(tx, hold);
    }

    /** Once more, in the transaction that acts: whoever ends the hold meanwhile has won. */
    private Optional<HoldCase> act(OpenHold seen) {
        return database.writer().write(seen.organization().text(), tx -> {
            Optional<OpenHold> hold = store.open(tx, seen.id());
            return hold.isEmpty() ? Optional.<HoldCase>empty() : act(tx, hold.get());
        });
    }

    private Optional<HoldCase> act(Tx tx, OpenHold hold) {
        return switch (ruling(tx, hold)) {
            case Ruling.Working working -> Optional.empty();
            case Ruling.Release(String found) ->
                rule(hold).release(tx, hold) ? kept(tx, hold, found, Outcome.RELEASED) : Optional.empty();
            case Ruling.Settle(var charge, String found) ->
                billing.settleStuck(tx, hold.id(), charge) ? kept(tx, hold, found, Outcome.SETTLED) : Optional.empty();
            case Ruling.Requeue(String found) ->
                rule(hold).requeue(tx, hold) ? kept(tx, hold, found, Outcome.REQUEUED) : Optional.empty();
            case Ruling.Stuck(String found) -> kept(tx, hold, found, Outcome.LEFT);
        };
    }

    /** The rule that has ruled: there is one. */
    private HoldRule rule(OpenHold hold) {
        return Objects.requireNonNull(rules.get(hold.kind()));
    }

    private Optional<HoldCase> kept(Tx tx, OpenHold hold, String found, Outcome outcome) {
        HoldCase done = new HoldCase(
                hold.id().text(), hold.organization(), found, outcome, hold.amount(), hold.heldAt(), tx.now());
        boolean first = store.add(tx, done);
        store.prune(tx);
        if (outcome == Outcome.LEFT && !first) {
            return Optional.empty();
        }
        String name = outcome.name().toLowerCase(Locale.ROOT);
        trail.write(
                tx,
                Actor.system().about(hold.organization()),
                "hold." + name,
                "hold:" + hold.id(),
                Map.of(
                        "found", found,
                        "amount_usd", hold.amount().toUsd(),
                        "held_at", hold.heldAt().toString()));
        tx.afterCommit(metrics.counter("millrace.holds.stuck", "kind", hold.kind(), "outcome", name)::increment);
        tx.afterCommit(() -> LOG.error("hold {} of {}: {}, {}", hold.id(), hold.organization(), found, name));
        return Optional.of(done);
    }
}
