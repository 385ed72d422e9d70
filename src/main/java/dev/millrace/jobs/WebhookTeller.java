package dev.millrace.jobs;

import dev.millrace.db.Tx;
import java.net.URI;

/** Puts what one dialect tells its customers about an ended job into the outbox, where it tells anything. */
@FunctionalInterface
public interface WebhookTeller {
    /**
     * Renders the event and enqueues it, inside the transaction that ends the job; nothing else may happen here, for the
     * transaction may be run again. A dialect that says nothing about a state enqueues nothing.
     *
     * @param job as it has ended, outputs and charge included
     * @param baseUrl what links start with: the base under which the request for the job came in
     */
    void tell(Tx tx, Job job, URI baseUrl, WebhookTarget target);
}
