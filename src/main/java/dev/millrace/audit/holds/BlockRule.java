package dev.millrace.audit.holds;

import dev.millrace.billing.BlockLedger;
import dev.millrace.db.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * Blocks that a node grants live requests from. A block has a row of due work that its node puts off while it has it, and that any node
 * claims when that is dead; so one without belongs to nobody, and what is left of it goes back.
 */
final class BlockRule implements HoldRule {
    private final HoldTimes times;
    private final BlockLedger blocks;

    BlockRule(HoldTimes times, BlockLedger blocks) {
        this.times = times;
        this.blocks = blocks;
    }

    @Override
    public String kind() {
        return "block";
    }

    @Override
    public Ruling rule(Tx tx, OpenHold hold) {
        Instant now = tx.now();
        if (!hold.heldAt().plus(times.grace()).isBefore(now)) {
            return new Ruling.Working();
        }
        Optional<Instant> due = tx.one(
                "select due_at from due_work where kind = 'block' and id = ?",
                row -> row.instant("due_at"),
                hold.subject());
        if (due.isEmpty()) {
            return new Ruling.Release("block without an owner");
        }
        return due.get().plus(times.grace()).isBefore(now)
                ? new Ruling.Stuck("block of a dead node that no node takes up: do the nodes run?")
                : new Ruling.Working();
    }

    @Override
    public boolean release(Tx tx, OpenHold hold) {
        return blocks.end(tx, hold.id());
    }
}
