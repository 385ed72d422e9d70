package dev.millrace.audit.holds;

import dev.millrace.billing.Billing;
import dev.millrace.db.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds of live requests. A live request has a row of due work that its node puts off while it runs, and that any node claims when that
 * is dead; so one that is not there belongs to nobody, and one that is put off beyond the request's time belongs to a node that hangs.
 */
final class LiveRule implements HoldRule {
    private final HoldTimes times;
    private final Billing billing;

    LiveRule(HoldTimes times, Billing billing) {
        this.times = times;
        this.billing = billing;
    }

    @Override
    public String kind() {
        return "live";
    }

    @Override
    public Ruling rule(Tx tx, OpenHold hold) {
        Instant now = tx.now();
        if (!hold.heldAt().plus(times.grace()).isBefore(now)) {
            return new Ruling.Working();
        }
        Optional<Instant> due = tx.one(
                "select due_at from due_work where kind = 'live' and id = ?",
                row -> row.instant("due_at"),
                hold.subject());
        if (due.isEmpty()) {
            return new Ruling.Release("live request without an owner");
        }
        if (due.get().plus(times.grace()).isBefore(now)) {
            return new Ruling.Stuck("live request of a dead node that no node takes up: do the nodes run?");
        }
        Instant last = hold.heldAt().plus(times.model().apply(hold.model())).plus(times.grace());
        return last.isBefore(now)
                ? new Ruling.Stuck("live request beyond its model's time that its node still keeps: restart that node")
                : new Ruling.Working();
    }

    @Override
    public boolean release(Tx tx, OpenHold hold) {
        return billing.releaseStuck(tx, hold.id());
    }
}
