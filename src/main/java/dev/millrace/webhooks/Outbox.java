package dev.millrace.webhooks;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;

/** Where events are put, in the same transaction as the change that they tell of. */
public final class Outbox {
    static final String KIND = "webhook";

    private final DeliveryStore store;
    private final DueWork dueWork;
    private final SealedDelivery sealed;
    private final Runnable wake;

    Outbox(DeliveryStore store, DueWork dueWork, SealedDelivery sealed, Runnable wake) {
        this.store = store;
        this.dueWork = dueWork;
        this.sealed = sealed;
        this.wake = wake;
    }

    /** Puts an event in, to be delivered as soon as this transaction is durable; false when an event of this id is there already. */
    public boolean enqueue(Tx tx, OrganizationId organization, Delivery delivery) {
        if (!store.add(tx, organization, delivery, sealed.target(delivery), sealed.body(delivery))) {
            return false;
        }
        dueWork.add(tx, KIND, delivery.event(), organization.text(), tx.now());
        tx.afterCommit(wake);
        return true;
    }
}
