package dev.millrace.app;

import dev.millrace.access.Suspendable;
import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.CancelRule;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.Suspender;
import dev.millrace.lease.DueWork;
import dev.millrace.privacy.Standstill;
import dev.millrace.trail.Actor;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Ends what an organization has running by suspending it, and by canceling its jobs.
 *
 * @param jobs null on the command line, where nothing runs: a node ends it later
 */
record JobStandstill(
        Suspender suspender,
        DueWork dueWork,
        InstantSource clock,
        @Nullable Jobs jobs) implements Standstill {
    @Override
    public void begin(Tx tx, Actor actor, OrganizationId organization) {
        suspender.suspend(
                tx, actor, organization, new Suspendable.OfOrganization(organization), "It is being erased.", true);
        erase(tx, organization);
    }

    @Override
    public void erase(Tx tx, OrganizationId organization) {
        Jobs.eraseAll(tx, dueWork, organization, clock.instant());
    }

    @Override
    public boolean erasing(OrganizationId organization) {
        return running().erasing(organization).isPresent();
    }

    @Override
    public void cancel(OrganizationId organization, JobId job) {
        running().cancel(organization, job, CancelRule.ANY);
    }

    private Jobs running() {
        if (jobs == null) {
            throw new IllegalStateException("bug: no jobs run on the command line");
        }
        return jobs;
    }
}
