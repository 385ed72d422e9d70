package dev.millrace.audit.holds;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;

/**
 * A hold that was open for too long, and what was done.
 *
 * @param hold its id
 * @param found why nobody would have ended it, or why no rule can
 * @param amount what it held
 * @param heldAt when it was made
 * @param at when it was found
 */
public record HoldCase(
        String hold,
        OrganizationId organization,
        String found,
        Outcome outcome,
        Money amount,
        Instant heldAt,
        Instant at) {
    /** What was done about a hold. */
    public enum Outcome {
        /** All of it went back. */
        RELEASED,
        /** It was charged as its job's records say. */
        SETTLED,
        /** Its job became due work again. */
        REQUEUED,
        /** Nothing: somebody has to look. */
        LEFT
    }
}
