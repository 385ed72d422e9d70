package dev.millrace.webhooks;

import dev.millrace.crypto.StandardWebhooks;
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
import dev.millrace.webhooks.DeliveryStore.Pending;
import dev.millrace.webhooks.HostPlaces.Place;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
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
    private final PassingStore passing;
    private final SealedDelivery sealed;
    private final AttemptRecord record;
    private final HostPlaces places;
    private final Egress egress;
    private final Function<String, DeliveryPolicy> policies;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private volatile Runnable wake = () -> {};

    Deliverer(
            Database database,
            DueWork dueWork,
            DeliveryStore store,
            PassingStore passing,
            SealedDelivery sealed,
            AttemptRecord record,
            HostPlaces places,
            Egress egress,
            Function<String, DeliveryPolicy> policies,
            RandomGenerator random,
            InstantSource clock,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.store = store;
        this.passing = passing;
        this.sealed = sealed;
        this.record = record;
        this.places = places;
        this.egress = egress;
        this.policies = policies;
        this.random = random;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Says how the workers are woken, who are made after their handler. */
    void wakesBy(Runnable waker) {
        wake = waker;
    }

    @Override
    public void work(Claim claim, LeaseGuard guard) throws InterruptedException {
        Optional<Pending> pending = database.read(tx -> store.pending(tx, claim.id())
                .filter(row -> row.subject() == null || !passing.superseded(tx, row.subject(), claim.id())));
        if (pending.isEmpty()) {
            database.writer().write(claim.part(), tx -> dropped(tx, claim));
            return;
        }
        Delivery delivery = sealed.open(claim.id(), pending.get());
        switch (places.take(delivery.host())) {
            case Place.Full(Duration comeBack) -> putOff(claim, comeBack);
            case Place.Taken(Runnable leave) -> {
                try {
                    guard.check();
                    deliver(claim, pending.get(), delivery);
                } finally {
                    leave.run();
                }
            }
        }
    }

    /** What is done already, or is a passing event that was overtaken while nobody ran it. */
    private boolean dropped(Tx tx, Claim claim) {
        Optional<String> subject = store.pending(tx, claim.id()).map(Pending::subject);
        if (subject.isPresent()) {
            record.pass(tx, claim, subject.get(), Progress.FAILED, wake);
            return true;
        }
        return dueWork.finish(tx, claim);
    }

    private void putOff(Claim claim, Duration comeBack) {
        metrics.counter("millrace.webhook.put_off").increment();
        database.writer()
                .write(
                        claim.part(),
                        tx -> dueWork.reschedule(tx, claim, tx.now().plus(comeBack)));
    }

    private void deliver(Claim claim, Pending pending, Delivery delivery) throws InterruptedException {
        DeliveryPolicy policy = policies.apply(pending.policy());
        long start = System.nanoTime();
        AttemptOutcome outcome = attempt(delivery, policy);
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException(); // cut off by us, which says nothing about the receiver
        }
        int number = pending.attempts() + 1;
        Duration wait = policy.waitBehind(number, random);
        Progress progress = database.writer().write(claim.part(), tx -> {
            String subject = pending.subject();
            if (subject != null) {
                Progress once = outcome.success() ? Progress.DELIVERED : Progress.FAILED;
                return record.pass(tx, claim, subject, once, wake);
            }
            var attempt = new Attempt(number, tx.now().minusMillis(millis), outcome.text(), millis);
            return record.write(tx, claim, pending, policy, attempt, outcome, wait);
        });
        count(outcome, progress);
    }

    private AttemptOutcome attempt(Delivery delivery, DeliveryPolicy policy) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json");
        headers.putAll(delivery.headers());
        headers.put(StandardWebhooks.ID, delivery.event());
        String key = delivery.signingKey();
        if (key != null) {
            // Anew for each attempt: receivers refuse what was signed a while ago.
            Instant now = clock.instant();
            headers.put(StandardWebhooks.TIMESTAMP, Long.toString(now.getEpochSecond()));
            headers.put(
                    StandardWebhooks.SIGNATURE,
                    new StandardWebhooks(HexFormat.of().parseHex(key)).sign(delivery.event(), now, delivery.body()));
        }
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
