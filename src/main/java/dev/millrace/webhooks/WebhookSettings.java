package dev.millrace.webhooks;

import java.time.Duration;

/**
 * How deliveries are run and kept.
 *
 * @param maxRunning attempts that run at once on this node; an attempt to a dead receiver holds its place until it times out
 * @param maxPerHost attempts that run at once to one host, so that a dead one leaves room for the others
 * @param keep how long the record of an ended delivery is kept
 */
public record WebhookSettings(int maxRunning, int maxPerHost, Duration keep) {
    public static final WebhookSettings DEFAULTS = new WebhookSettings(1_000, 50, Duration.ofDays(30));

    public WebhookSettings {
        if (maxRunning < 1 || maxPerHost < 1) {
            throw new IllegalArgumentException("max_running and max_per_host: must be at least 1");
        }
    }
}
