package dev.millrace.jobs;

import java.net.URI;
import java.util.Optional;

/** Says, for one dialect, what its customers are sent about a job. */
@FunctionalInterface
public interface WebhookTeller {
    /**
     * Renders an event that the target asked for; empty when the dialect says nothing about it. Pure: it may be called
     * several times for one event, and runs inside the transaction that changes the job.
     *
     * @param job as it stands then: with outputs and charge when it has ended, with its progress while it runs
     * @param baseUrl what links start with: the base under which the request for the job came in
     */
    Optional<WebhookMessage> tell(Job job, WebhookEvent event, URI baseUrl, WebhookTarget target);
}
