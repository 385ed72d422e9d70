package dev.millrace.api.millrace;

import dev.millrace.access.NewKey;
import dev.millrace.access.Principal;
import dev.millrace.money.Money;

/** Makes an organization with a wallet and a first key; it spans rooms, so {@code app} brings it. */
@FunctionalInterface
public interface SignUp {
    /** @param by whose environment the new key has */
    NewKey create(String name, Money wallet, Principal by);
}
