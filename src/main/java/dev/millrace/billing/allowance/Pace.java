package dev.millrace.billing.allowance;

import java.time.Duration;

/**
 * How quickly allowances do what they do.
 *
 * @param flush how long what has ended waits for more to be written with
 * @param retry how long after an outage it is tried again
 * @param idle how long a block that nobody asks of is kept
 * @param age how long any block grants
 * @param lease how long a block is safe from the sweep once its due work was put off
 * @param asked how many requests within a second it takes to open a block
 * @param unwritten how many requests may have ended and not be written before no more are granted
 */
public record Pace(
        Duration flush, Duration retry, Duration idle, Duration age, Duration lease, int asked, int unwritten) {
    public static final Pace USUAL = new Pace(
            Duration.ofMillis(5),
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(45),
            4,
            10_000);

    /** Blocks are opened by the first request. */
    public Pace atOnce() {
        return new Pace(flush, retry, idle, age, lease, 1, unwritten);
    }
}
