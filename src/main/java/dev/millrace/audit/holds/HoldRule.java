package dev.millrace.audit.holds;

import dev.millrace.db.Tx;

/** When a hold of one kind is open for too long, and what is right then. */
public interface HoldRule {
    /** The kind: what the names of its holds begin with, as {@code live}. */
    String kind();

    /** What is right for this hold now. Reads alone; asked again in the transaction that acts on it. */
    Ruling rule(Tx tx, OpenHold hold);

    /** Gives all of it back, as its kind is given back; false when it is ended already. */
    boolean release(Tx tx, OpenHold hold);

    /**
     * Makes a forgotten hold due work again; false when it is. Kinds whose rule never says {@link Ruling.Requeue} need none.
     */
    default boolean requeue(Tx tx, OpenHold hold) {
        return false;
    }
}
