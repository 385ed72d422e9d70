package dev.millrace.reconcile;

import dev.millrace.money.Money;
import java.time.Instant;

/**
 * One imported invoice and what it came to.
 *
 * @param fileHash of the file's bytes and of how it was read: the same is imported once
 * @param tolerance what two amounts may differ by
 * @param rows of the file
 * @param oursTotal what was reckoned here, over all lines
 * @param theirsTotal what the invoice asks
 */
public record Reconciliation(
        String id,
        String provider,
        String period,
        String fileHash,
        Money tolerance,
        long rows,
        long matched,
        long differing,
        long oursOnly,
        long theirsOnly,
        Money oursTotal,
        Money theirsTotal,
        Instant createdAt,
        String createdBy) {
    /** What the upstream asks in all beyond what was reckoned here. */
    public Money difference() {
        return theirsTotal.minus(oursTotal);
    }
}
