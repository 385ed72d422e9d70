package dev.millrace.privacy;

import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.trail.Actor;

/** What ends whatever an organization has running, and erases what its jobs took and made. */
public interface Standstill {
    /** Suspends the organization in the transaction: live requests end in good order, queued jobs are canceled and released. */
    void begin(Tx tx, Actor actor, OrganizationId organization);

    /** Has what its ended jobs took and made erased. */
    void erase(Tx tx, OrganizationId organization);

    /** Whether that is still going on. */
    boolean erasing(OrganizationId organization);

    /** Cancels a job that runs, if its upstream stops; it goes on to its end otherwise. */
    void cancel(OrganizationId organization, JobId job);
}
