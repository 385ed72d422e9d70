package dev.millrace.jobs;

import java.time.Duration;
import java.util.Optional;

/** What happens to one job, as it happens. Used by one thread; ends with the job. */
public interface JobWatch extends AutoCloseable {
    /** Waits for the next change; empty when nothing changed in that time. The first call answers at once. */
    Optional<JobEvent> next(Duration max) throws InterruptedException;

    /** Whether the terminal event was told: nothing comes after it. */
    boolean ended();

    @Override
    void close();
}
