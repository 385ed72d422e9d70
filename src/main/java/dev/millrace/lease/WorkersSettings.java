package dev.millrace.lease;

import java.time.Duration;

/**
 * How workers of one kind behave.
 *
 * @param maxRunning how much work of the kind runs at once on this node
 * @param maxStarting how much of it may be so new that it has not said that it is {@linkplain LeaseGuard#underWay under way}
 * @param lease how long a claim lasts without renewal
 * @param heartbeat how often claims are renewed; several times within a lease
 * @param pace how long the workers wait at most before they look for due work without having been woken
 * @param pause how long failed work waits before its second attempt; it doubles with each one after, up to 64 times
 */
public record WorkersSettings(
        int maxRunning, int maxStarting, Duration lease, Duration heartbeat, Duration pace, Duration pause) {
    public static final WorkersSettings DEFAULTS = new WorkersSettings(
            256,
            Integer.MAX_VALUE,
            Duration.ofSeconds(15),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    public WorkersSettings {
        if (maxRunning < 1 || maxStarting < 1) {
            throw new IllegalArgumentException("maxRunning and maxStarting: must be at least 1");
        }
        if (heartbeat.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException("heartbeat: must fit into the lease at least twice");
        }
    }

    public WorkersSettings withMaxRunning(int most) {
        return new WorkersSettings(most, maxStarting, lease, heartbeat, pace, pause);
    }

    /** For work that says when it is under way, as it must then. */
    public WorkersSettings withMaxStarting(int most) {
        return new WorkersSettings(maxRunning, most, lease, heartbeat, pace, pause);
    }

    public WorkersSettings withPace(Duration wait) {
        return new WorkersSettings(maxRunning, maxStarting, lease, heartbeat, wait, pause);
    }

    public WorkersSettings withLease(Duration length, Duration renewal) {
        return new WorkersSettings(maxRunning, maxStarting, length, renewal, pace, pause);
    }

    /** The pause before the attempt after this one. */
    Duration pauseAfter(int attempt) {
        return pause.multipliedBy(1L << Math.clamp(attempt - 1, 0, 6));
    }
}
