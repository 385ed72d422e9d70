package dev.millrace.webhooks;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressException;
import dev.millrace.egress.EgressFailure;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.Trust;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.WorkHandler;
import dev.millrace.webhooks.DeliveryState.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes one attempt for each claim, and writes down what came of it. */
final class Deliverer implements WorkHandler {
    private final Database database;
    private final DueWork dueWork;
    private final DeliveryStore store;
    private final SealedDelivery sealed;
    private final Egress egress;
    private final Function<String, DeliveryPolicy> policies;
    private final RandomGenerator random;
    private final MeterRegistry metrics;

    Deliverer(
            Database database,
            DueWork dueWork,
            DeliveryStore store,
            SealedDelivery sealed,
            Egress egress,
            Function<String, DeliveryPolicy> policies,
            RandomGenerator random,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.store = store;
        this.sealed = sealed;
        this.egress = egress;
        this.policies = policies;
        this.random = random;
        this.metrics = metrics;
    }

    @Override
    public void work(Claim claim, LeaseGuard guard) throws InterruptedException {
        Optional<DeliveryStore.Pending> pending = database.read(tx -> store.pending(tx, claim.id()));
        if (pending.isEmpty()) {
            database.writer().write(claim.part(), tx -> dueWork.finish(tx, claim));
            return;
        }
        DeliveryPolicy policy = policies.apply(pending.get().policy());
        guard.check();
        long start = System.nanoTime();
        AttemptOutcome outcome = attempt(sealed.open(claim.id(), pending.get()), policy);
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException(); // cut off by us, which says nothing about the receiver
        }
        int number = pending.get().attempts() + 1;
        Duration wait = policy.waitBehind(number, random);
        Progress progress = database.writer().write(claim.part(), tx -> {
            var attempt = new Attempt(number, tx.now().minusMillis(millis), outcome.text(), millis);
            return record(tx, claim, pending.get(), policy, attempt, outcome, wait);
        });
        count(outcome, progress);
    }

    private AttemptOutcome attempt(Delivery delivery, DeliveryPolicy policy) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json");
        headers.putAll(delivery.headers());
        headers.put("webhook-id", delivery.event());
        try {
            var request = new EgressRequest(
                    "POST", URI.create(delivery.url()), headers, delivery.body(), policy.timeout(), 0, Trust.CUSTOMER);
            return new AttemptOutcome.Answered(egress.exchange(request, (status, head, body) -> status));
        } catch (EgressException e) {
            return new AttemptOutcome.Unanswered(e.failure());
        } catch (IOException e) {
            return new AttemptOutcome.Unanswered(EgressFailure.BROKEN);
        } catch (IllegalArgumentException notSendable) {
            return new AttemptOutcome.Unanswered(EgressFailure.REFUSED);
        }
    }

    /** Writes the attempt and what follows from it; a claim that no longer stands leaves no trace. */
    private Progress record(
            Tx tx,
            Claim claim,
            DeliveryStore.Pending pending,
            DeliveryPolicy policy,
            Attempt attempt,
            AttemptOutcome outcome,
            Duration wait) {
        if (!dueWork.holds(tx, claim)) {
            return Progress.PENDING;
        }
        store.addAttempt(tx, claim.id(), attempt);
        Instant first = pending.firstAttemptAt() == null ? attempt.at() : pending.firstAttemptAt();
        Instant next = tx.now().plus(wait);
        boolean again = policy.retries().test(outcome) && !next.isAfter(first.plus(policy.giveUpAfter()));
        Progress progress = outcome.success() ? Progress.DELIVERED : again ? Progress.PENDING : Progress.FAILED;
        boolean done = progress == Progress.PENDING
                ? store.retryAt(tx, claim.id(), attempt, next) && dueWork.reschedule(tx, claim, next)
                : store.end(tx, claim.id(), attempt, progress) && dueWork.finish(tx, claim);
        if (!done) {
            throw new IllegalStateException("bug: a held delivery did not take its attempt");
        }
        return progress;
    }

    private void count(AttemptOutcome outcome, Progress progress) {
        String kind = switch (outcome) {
            case AttemptOutcome.Answered(int status) -> status / 100 + "xx";
            case AttemptOutcome.Unanswered(EgressFailure failure) -> failure.slug();
        };
        metrics.counter(
                        "millrace.webhook.attempts",
                        "outcome",
                        kind,
                        "then",
                        progress.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
