package dev.millrace.jobs;

import java.util.Locale;

/** A kind of thing that a customer may be told about a job. */
public enum WebhookEvent {
    /** Its percentage has changed. */
    PROGRESS,
    COMPLETED,
    /** It ended without a result: failed, rejected by moderation, or canceled. */
    FAILED;

    /** The name on the wire and at rest, as {@code progress}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a job in this state is told as. */
    static WebhookEvent of(JobState state) {
        return switch (state) {
            case QUEUED, RUNNING -> PROGRESS;
            case COMPLETED -> COMPLETED;
            case FAILED, NSFW, CANCELED -> FAILED;
        };
    }
}
