package dev.millrace.webhooks;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where events are put, in the same transaction as the change that they tell of. */
public final class Outbox {
    static final String KIND = "webhook";

    /** No attempt of a passing event lasts as long. */
    private static final Duration PASSED = Duration.ofSeconds(15);

    private final DeliveryStore store;
    private final PassingStore passing;
    private final DueWork dueWork;
    private final SealedDelivery sealed;
    private final Runnable wake;

    Outbox(DeliveryStore store, PassingStore passing, DueWork dueWork, SealedDelivery sealed, Runnable wake) {
        this.store = store;
        this.passing = passing;
        this.dueWork = dueWork;
        this.sealed = sealed;
        this.wake = wake;
    }

    /** Puts an event in, to be delivered as soon as this transaction is durable; false when an event of this id is there already. */
    public boolean enqueue(Tx tx, OrganizationId organization, Delivery delivery) {
        return put(tx, organization, null, delivery, tx.now());
    }

    /**
     * Puts in an event that is worth telling only until the next one of its subject: it has one attempt and leaves no record.
     *
     * @param subject what it tells of
     * @return false when another passing event of the subject is waiting or under way, or one of this id is: then nothing is put in
     */
    public boolean enqueuePassing(Tx tx, OrganizationId organization, String subject, Delivery delivery) {
        return passing.take(tx, subject, delivery.event()) && put(tx, organization, subject, delivery, tx.now());
    }

    /** Puts in the last event of a subject: a passing one that waits is dropped, and one that is under way is let through first. */
    public boolean enqueueLast(Tx tx, OrganizationId organization, String subject, Delivery delivery) {
        Optional<String> before = passing.event(tx, subject);
        if (before.isEmpty()) {
            return enqueue(tx, organization, delivery);
        }
        if (dueWork.removeUnclaimed(tx, KIND, before.get())) {
            store.remove(tx, before.get());
            passing.leave(tx, subject, before.get());
            return enqueue(tx, organization, delivery);
        }
        boolean waits = passing.follow(tx, subject, before.get(), delivery.event());
        return put(tx, organization, null, delivery, waits ? tx.now().plus(PASSED) : tx.now());
    }

    private boolean put(
            Tx tx, OrganizationId organization, @Nullable String subject, Delivery delivery, Instant dueAt) {
        if (!store.add(tx, organization, subject, delivery, sealed.target(delivery), sealed.body(delivery))) {
            return false;
        }
        dueWork.add(tx, KIND, delivery.event(), organization.text(), dueAt);
        tx.afterCommit(wake);
        return true;
    }
}
