package dev.millrace.jobs;

import java.util.Map;

/**
 * What one dialect sends to tell of one event.
 *
 * @param headers beside {@code Content-Type: application/json} and {@code webhook-id}, which every delivery has
 */
public record WebhookMessage(Map<String, String> headers, byte[] body) {
    public WebhookMessage {
        headers = Map.copyOf(headers);
    }
}
