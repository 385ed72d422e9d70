package dev.millrace.webhooks;

import dev.millrace.db.Tx;

/** Hears, in the transaction that writes it down, that a delivery has ended. */
@FunctionalInterface
public interface DeliveryListener {
    /** @param as delivered or failed */
    void ended(Tx tx, String event, DeliveryState.Progress as);
}
