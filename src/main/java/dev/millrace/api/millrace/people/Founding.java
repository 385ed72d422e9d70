package dev.millrace.api.millrace.people;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;

/** Makes an organization with an empty wallet, for somebody who will own it; it spans rooms, so {@code app} brings it. */
@FunctionalInterface
public interface Founding {
    /**
     * Makes it in the caller's transaction.
     *
     * @throws IllegalArgumentException when the name is blank or longer than 100 letters
     */
    OrganizationId found(Tx tx, String name);
}
