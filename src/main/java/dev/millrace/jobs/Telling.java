package dev.millrace.jobs;

import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.webhooks.Delivery;
import dev.millrace.webhooks.DeliveryState.Progress;
import dev.millrace.webhooks.Outbox;
import java.util.Objects;
import java.util.Optional;

/** Puts into the outbox what a job's customer asked to be told, and keeps what became of it. */
final class Telling {
    private static final int ID_LENGTH = 36;

    private final JobParts parts;
    private final Outbox outbox;

    Telling(JobParts parts) {
        this.parts = parts;
        this.outbox = parts.webhooks().outbox();
    }

    /** What is to be said of the end of a job; empty when nobody asked for it, or the dialect says nothing of it. */
    Optional<WebhookMessage> end(Job ended, Sealed content) {
        return message(ended, WebhookEvent.of(ended.state()), content);
    }

    /** Sends that, behind whatever was sent of its progress. */
    void send(Tx tx, Job ended, Sealed content, WebhookMessage message) {
        Delivery delivery = delivery(ended, ended.state().wire(), content, message);
        if (Objects.requireNonNull(content.webhook()).events().contains(WebhookEvent.PROGRESS)) {
            outbox.enqueueLast(tx, ended.organization(), ended.id().text(), delivery);
        } else {
            outbox.enqueue(tx, ended.organization(), delivery);
        }
    }

    boolean wantsProgress(Job job, Sealed content) {
        WebhookTarget target = content.webhook();
        return target != null
                && target.events().contains(WebhookEvent.PROGRESS)
                && parts.tellers().containsKey(job.dialect());
    }

    /** Tells how far a job has come, unless an earlier word on that is on its way still; false then. */
    boolean progress(Tx tx, Job running, Sealed content) {
        Optional<WebhookMessage> message = message(running, WebhookEvent.PROGRESS, content);
        if (message.isEmpty()) {
            return true;
        }
        Delivery delivery = delivery(running, "progress-" + running.progress(), content, message.get());
        return outbox.enqueuePassing(tx, running.organization(), running.id().text(), delivery);
    }

    /** Keeps how the delivery of an end has ended. */
    static void delivered(Tx tx, String event, Progress as) {
        if (event.length() > ID_LENGTH) {
            JobId.parse(event.substring(0, ID_LENGTH)).ifPresent(job -> JobStore.told(tx, job, WebhookStatus.of(as)));
        }
    }

    private Optional<WebhookMessage> message(Job job, WebhookEvent event, Sealed content) {
        WebhookTarget target = content.webhook();
        WebhookTeller teller = parts.tellers().get(job.dialect());
        return target == null || teller == null || !target.events().contains(event)
                ? Optional.empty()
                : teller.tell(job, event, content.baseUrl(), target);
    }

    private static Delivery delivery(Job job, String what, Sealed content, WebhookMessage message) {
        WebhookTarget target = Objects.requireNonNull(content.webhook());
        return new Delivery(
                job.id().text() + "-" + what,
                target.url(),
                message.headers(),
                message.body(),
                target.policy().name(),
                target.signingKey());
    }
}
