package dev.millrace.webhooks;

import java.time.Duration;

/**
 * How deliveries are run and kept.
 *
 * @param maxRunning attempts that run at once on this node; an attempt to a dead receiver holds its place until it times out
 * @param keep how long the record of an ended delivery is kept
 */
public record WebhookSettings(int maxRunning, Duration keep) {
    public static final WebhookSettings DEFAULTS = new WebhookSettings(1_000, Duration.ofDays(30));
}
