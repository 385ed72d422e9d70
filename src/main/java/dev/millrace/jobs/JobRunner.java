package dev.millrace.jobs;

import dev.millrace.lease.Claim;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.WorkHandler;

/** Runs one claimed job. */
final class JobRunner implements WorkHandler {
    JobRunner(JobParts parts, JobSignals listeners, Pace pace, Watching watching, Ending ending) {}

    void stop() {}

    @Override
    public void work(Claim claim, LeaseGuard guard) {
        throw new IllegalStateException("not yet");
    }
}
