package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;

/** What caps need of the ledger below them: that holds pass them, and what was spent before they were there. */
public interface CapLedger {
    /** From this transaction on, every hold of the organization passes its caps. Takes the lock under which its holds are made. */
    void guard(Tx tx, OrganizationId organization);

    /** What the holds of the subject that were made from one moment on, and before another, have come to. */
    Counted counted(Tx tx, CapSubject subject, Instant from, Instant until);

    /** When the organization's latest hold was made; the epoch when there is none. */
    Instant latest(Tx tx, OrganizationId organization);

    /**
     * What holds have come to.
     *
     * @param spent charged less refunded
     * @param held set aside by those that are open
     */
    record Counted(Money spent, Money held) {
        public static final Counted NOTHING = new Counted(Money.ZERO, Money.ZERO);
    }
}
