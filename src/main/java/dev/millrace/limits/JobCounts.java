package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import java.util.List;

/** Counts the open jobs of an organization by kind, within a transaction. */
@FunctionalInterface
public interface JobCounts {
    /** The counts; what has none of is left out. */
    List<JobCount> of(Tx tx, OrganizationId organization);
}
