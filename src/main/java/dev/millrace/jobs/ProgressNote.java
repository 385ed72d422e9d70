package dev.millrace.jobs;

import java.time.Duration;

/** How far a running job has come: told on this node at once, written now and then, and never less than before. */
final class ProgressNote {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(1);
    private static final int MOST = 99;

    private final Job job;
    private final RunState state;
    private final Watching watching;
    private int percent;
    private long writtenAt = System.nanoTime();

    ProgressNote(Job job, RunState state, Watching watching) {
        this.job = job;
        this.state = state;
        this.watching = watching;
        this.percent = job.progress();
    }

    int percent() {
        return percent;
    }

    void report(long reported) {
        int capped = Math.clamp(reported, 0, MOST);
        if (capped > percent) {
            percent = capped;
            watching.progressed(job.id(), capped);
        }
        if (System.nanoTime() - writtenAt >= WRITE_EVERY.toNanos()) {
            writtenAt = System.nanoTime();
            state.progress(percent);
        }
    }
}
