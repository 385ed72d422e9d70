package dev.millrace.billing;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;

/** Is told that a wallet was charged, in the transaction of the charge, so that somebody can look whether it runs low. */
@FunctionalInterface
public interface WalletWatch {
    /** Nobody looks. */
    WalletWatch NONE = (tx, organization) -> {};

    /** Costs next to nothing: it is on the way of every request. */
    void charged(Tx tx, OrganizationId organization);
}
