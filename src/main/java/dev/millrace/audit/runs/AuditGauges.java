package dev.millrace.audit.runs;

import dev.millrace.audit.Check;
import dev.millrace.audit.holds.HoldCaseStore;
import dev.millrace.audit.holds.HoldCaseStore.Bucket;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the audit found last, whichever node ran it, and the open holds, as metrics of every node. Read from the database when somebody
 * scrapes, at most every few seconds.
 */
public final class AuditGauges {
    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final int LEFT_MAX = 10_000;

    private final Database database;
    private final AuditStore store;
    private final HoldCaseStore holds;
    private @Nullable Seen seen;
    private long seenAt;

    /** All that is shown, of one moment. */
    private record Seen(
            Map<String, CheckOutcome> checks,
            Map<Scope, AuditRun> runs,
            Map<String, Bucket> buckets,
            Optional<Instant> oldest,
            long left,
            Instant now) {

        /** The open holds of one age: there is a bucket for each, empty or not. */
        Bucket bucket(String age) {
            return Objects.requireNonNull(buckets.get(age));
        }
    }

    public AuditGauges(Database database, AuditStore store, HoldCaseStore holds) {
        this.database = database;
        this.store = store;
        this.holds = holds;
    }

    /** Registers them, which keeps this for as long as the registry: one of {@code millrace.audit.check} for each of these checks: 1 it holds, 0 it is broken. */
    public void register(MeterRegistry metrics, List<Check> checks) {
        for (Check check : checks) {
            gauge(
                    metrics,
                    "millrace.audit.check",
                    "check",
                    check.id(),
                    now -> held(now.checks().get(check.id())));
        }
        for (Scope scope : Scope.values()) {
            gauge(metrics, "millrace.audit.run.timestamp.seconds", "scope", scope.wire(), now -> ran(now, scope));
        }
        for (String age : HoldCaseStore.ages()) {
            gauge(
                    metrics,
                    "millrace.holds.open",
                    "age",
                    age,
                    now -> now.bucket(age).holds());
            gauge(
                    metrics,
                    "millrace.holds.open.nanos",
                    "age",
                    age,
                    now -> now.bucket(age).held().nanos());
        }
        gauge(
                metrics,
                "millrace.holds.oldest.seconds",
                "state",
                "open",
                now -> now.oldest()
                        .map(oldest ->
                                (double) Duration.between(oldest, now.now()).toSeconds())
                        .orElse(0.0));
        gauge(metrics, "millrace.holds.unresolved", "state", "open", Seen::left);
    }

    private void gauge(MeterRegistry metrics, String name, String tag, String value, ToDoubleFunction<Seen> shown) {
        Gauge.builder(name, () -> shown(shown)).tag(tag, value).register(metrics);
    }

    private double shown(ToDoubleFunction<Seen> of) {
        try {
            return of.applyAsDouble(fresh());
        } catch (RuntimeException away) {
            return Double.NaN;
        }
    }

    private static double held(@Nullable CheckOutcome outcome) {
        return outcome == null ? Double.NaN : outcome.result().ok() ? 1 : 0;
    }

    private static double ran(Seen now, Scope scope) {
        AuditRun run = now.runs().get(scope);
        return run == null ? Double.NaN : run.startedAt().getEpochSecond();
    }

    private synchronized Seen fresh() {
        Seen known = seen;
        if (known == null || System.nanoTime() - seenAt > FRESH) {
            known = database.read(this::look);
            seen = known;
            seenAt = System.nanoTime();
        }
        return known;
    }

    private Seen look(Tx tx) {
        Map<String, CheckOutcome> checks = new HashMap<>();
        store.latest(tx).forEach(outcome -> checks.put(outcome.result().id(), outcome));
        Map<Scope, AuditRun> runs = new HashMap<>();
        for (Scope scope : Scope.values()) {
            store.latest(tx, scope).ifPresent(run -> runs.put(scope, run));
        }
        Map<String, Bucket> buckets = new HashMap<>();
        holds.buckets(tx).forEach(bucket -> buckets.put(bucket.age(), bucket));
        return new Seen(
                checks,
                runs,
                buckets,
                holds.oldest(tx),
                holds.left(tx, LEFT_MAX).size(),
                tx.now());
    }
}
