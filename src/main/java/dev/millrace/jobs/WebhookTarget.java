package dev.millrace.jobs;

import dev.millrace.crypto.Digest;
import dev.millrace.webhooks.DeliveryPolicy;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer wants to be told about a job, and of what; sealed at rest.
 *
 * @param url checked by the egress guard before the job is accepted
 * @param policy how the deliveries are tried and given up
 * @param events what is told; at least one
 * @param secret what the dialect signs or echoes with; null where it has none
 * @param signingKey what every delivery is signed with beside that, in hexadecimal; null until the job is taken
 */
public record WebhookTarget(
        String url,
        DeliveryPolicy policy,
        Set<WebhookEvent> events,
        @Nullable String secret,
        @Nullable String signingKey) {
    private static final Set<WebhookEvent> ENDS = Set.of(WebhookEvent.COMPLETED, WebhookEvent.FAILED);

    public WebhookTarget {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a webhook tells of at least one event");
        }
        events = Set.copyOf(EnumSet.copyOf(events));
    }

    /** One that is not signed yet. */
    public WebhookTarget(String url, DeliveryPolicy policy, Set<WebhookEvent> events, @Nullable String secret) {
        this(url, policy, events, secret, null);
    }

    /** The same with what its deliveries are signed with: the SHA-256 of the API key that asked for them. */
    WebhookTarget signedWith(byte[] keyHash) {
        return new WebhookTarget(url, policy, events, secret, Digest.hex(keyHash));
    }

    /** Told of the end, by the policy. */
    public static WebhookTarget ofEnd(String url, DeliveryPolicy policy, @Nullable String secret) {
        return new WebhookTarget(url, policy, ENDS, secret);
    }

    /** Names nothing: all of it is the customer's. */
    @Override
    public String toString() {
        return "WebhookTarget[…]";
    }
}
