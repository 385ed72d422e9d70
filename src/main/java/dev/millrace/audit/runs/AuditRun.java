package dev.millrace.audit.runs;

import java.time.Instant;
import java.util.List;

/**
 * One run of the audit.
 *
 * @param askedBy {@code schedule}, {@code operator} or {@code command line}
 * @param results of each check that was made; none where only the run itself was read
 * @param broken how many checks found something broken
 */
public record AuditRun(
        String id,
        Scope scope,
        String askedBy,
        Instant startedAt,
        long tookMs,
        long broken,
        List<CheckOutcome> results) {
    public AuditRun {
        results = List.copyOf(results);
    }

    public boolean ok() {
        return broken == 0;
    }
}
