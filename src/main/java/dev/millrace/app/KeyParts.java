package dev.millrace.app;

import dev.millrace.access.Suspensions;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.Suspender;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.Workers;

/** What changes keys, and who is suspended: for the command line and for a node. */
final class KeyParts {
    private final Core core;
    private final Suspender suspender;

    KeyParts(Core core) {
        this.core = core;
        this.suspender = new Suspender(
                new Suspensions(core.database(), core.access(), core.settings().access()), new DueWork(), core.trail());
    }

    Suspender suspender() {
        return suspender;
    }

    Suspensions suspensions() {
        return suspender.suspensions();
    }

    /** What a node does for it. */
    Workers workers(Jobs jobs, String owner) {
        return suspender.workers(
                core.database(), core.access(), jobs, owner, core.metrics().registry());
    }
}
