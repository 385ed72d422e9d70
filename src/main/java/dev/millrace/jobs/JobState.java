package dev.millrace.jobs;

import java.util.Locale;

/**
 * Where a job is in its life.
 *
 * <pre>
 *            ┌──────────── canceled
 * queued ──► running ──► completed
 *    └──────────┴──────► failed | nsfw
 * </pre>
 *
 * A queued job may be canceled, may fail and may be rejected too; the five states on the right are never left.
 */
public enum JobState {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    /** Input or output did not pass moderation; never charged. */
    NSFW,
    CANCELED;

    /** Whether the job has ended: this state never changes again. */
    public boolean terminal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case COMPLETED, FAILED, NSFW, CANCELED -> true;
        };
    }

    /** Whether the diagram has an arrow from this state to the next. */
    public boolean leadsTo(JobState next) {
        return switch (this) {
            case QUEUED -> next == RUNNING || next == FAILED || next == NSFW || next == CANCELED;
            case RUNNING -> next.terminal();
            case COMPLETED, FAILED, NSFW, CANCELED -> false;
        };
    }

    /** The name at rest and on Millrace's own wire, as {@code running}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobState read(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
