package dev.millrace.webhooks;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event to deliver.
 *
 * @param event its id, the same in every attempt: letters, digits, hyphens and underscores, at most 80; the receiver's key to drop
 *     repeats by, sent as {@code webhook-id}
 * @param url where to; checked by {@code Egress.check} when the customer gave it
 * @param headers sent beside the delivery's own; {@code Content-Type} is JSON unless it is among them
 * @param policy the name of the policy that governs the attempts
 * @param signingKey what each attempt is signed with as Standard Webhooks says, in hexadecimal; null for not at all
 */
public record Delivery(
        String event,
        String url,
        Map<String, String> headers,
        byte[] body,
        String policy,
        @Nullable String signingKey) {
    private static final Pattern EVENT = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    public Delivery {
        if (!EVENT.matcher(event).matches()) {
            throw new IllegalArgumentException("an event's id has letters, digits, hyphens and underscores only");
        }
        headers = Map.copyOf(headers);
    }

    /** One that is not signed. */
    public Delivery(String event, String url, Map<String, String> headers, byte[] body, String policy) {
        this(event, url, headers, body, policy, null);
    }

    /** The host that it goes to, in lower case; empty when the URL names none. */
    String host() {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notSendable) {
            return "";
        }
    }
}
