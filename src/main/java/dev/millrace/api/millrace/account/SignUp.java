package dev.millrace.api.millrace.account;

import dev.millrace.access.NewKey;
import dev.millrace.access.Principal;
import dev.millrace.db.Tx;
import dev.millrace.money.Money;

/** Makes an organization with a wallet and a first key; it spans rooms, so {@code app} brings it. */
@FunctionalInterface
public interface SignUp {
    /**
     * Makes it in the caller's transaction.
     *
     * @param by whose environment the new key has
     */
    NewKey create(Tx tx, String name, Money wallet, Principal by);
}
