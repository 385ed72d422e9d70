package dev.millrace.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Where a customer wants to be told how a job ended; sealed at rest.
 *
 * @param url checked by the egress guard before the job is accepted
 * @param secret what the dialect signs or echoes with; null where it has none
 */
public record WebhookTarget(String url, @Nullable String secret) {
    /** Names neither: both are the customer's. */
    @Override
    public String toString() {
        return "WebhookTarget[…]";
    }
}
