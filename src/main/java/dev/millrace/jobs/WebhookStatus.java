package dev.millrace.jobs;

import dev.millrace.webhooks.DeliveryState.Progress;
import java.util.Locale;

/** How far telling a job's customer of its end has come. Progress events do not count. */
public enum WebhookStatus {
    /** The job has not ended, or its end is being delivered. */
    PENDING,
    /** The receiver has taken it. */
    DELIVERED,
    /** It was given up, by the rule of its policy. */
    FAILED;

    /** The name on the wire and at rest, as {@code delivered}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WebhookStatus of(Progress delivery) {
        return switch (delivery) {
            case PENDING -> PENDING;
            case DELIVERED -> DELIVERED;
            case FAILED -> FAILED;
        };
    }
}
