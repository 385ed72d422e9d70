package dev.millrace.webhooks;

import dev.millrace.db.Tx;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.webhooks.DeliveryState.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what came of an attempt, and what follows from it; a claim that no longer stands leaves no trace. */
final class AttemptRecord {
    private final DueWork dueWork;
    private final DeliveryStore store;
    private final PassingStore passing;
    private final List<DeliveryListener> listeners = new CopyOnWriteArrayList<>();

    AttemptRecord(DueWork dueWork, DeliveryStore store, PassingStore passing) {
        this.dueWork = dueWork;
        this.store = store;
        this.passing = passing;
    }

    void listen(DeliveryListener listener) {
        listeners.add(listener);
    }

    /** @param wait how long to wait behind this attempt if there is to be another */
    Progress write(
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
        if (progress == Progress.PENDING) {
            sure(store.retryAt(tx, claim.id(), attempt, next) && dueWork.reschedule(tx, claim, next));
        } else {
            sure(store.end(tx, claim.id(), attempt, progress) && dueWork.finish(tx, claim));
            listeners.forEach(listener -> listener.ended(tx, claim.id(), progress));
        }
        return progress;
    }

    /** Ends a passing event without a record, whatever came of it, and lets the event go that waited for it. */
    Progress pass(Tx tx, Claim claim, String subject, Progress progress, Runnable wake) {
        if (!dueWork.finish(tx, claim)) {
            return Progress.PENDING;
        }
        store.remove(tx, claim.id());
        passing.leave(tx, subject, claim.id()).ifPresent(last -> {
            dueWork.putOff(tx, Outbox.KIND, last, tx.now());
            tx.afterCommit(wake);
        });
        return progress;
    }

    private static void sure(boolean done) {
        if (!done) {
            throw new IllegalStateException("bug: a held delivery did not take its attempt");
        }
    }
}
