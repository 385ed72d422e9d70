package dev.millrace.webhooks;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How many attempts run at once to each host, so that one that does not answer can not take all places of the node. Who
 * finds its host full is given a time to come back, and each a later one than the one before. Holds a host only while something
 * runs to it or waits for it.
 */
final class HostPlaces {
    private static final Duration SOONEST = Duration.ofMillis(250);
    private static final Duration LATEST = Duration.ofSeconds(60);

    private final int most;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Host> hosts = new ConcurrentHashMap<>();

    /**
     * @param most attempts to one host at once
     * @param nanoTime a clock that never goes back, as {@link System#nanoTime}
     */
    HostPlaces(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** What came of asking for a place. */
    sealed interface Place {
        /** It may run; to be left when it has. */
        record Taken(Runnable leave) implements Place {}

        /** The host is full; so long until there should be room. */
        record Full(Duration comeBack) implements Place {}
    }

    /**
     * @param running how many run to it
     * @param pace how long an attempt to it took of late, in nanoseconds
     * @param next when the next one that finds it full shall come back
     */
    private record Host(int running, long pace, long next) {}

    Place take(String host) {
        AtomicReference<Place> place = new AtomicReference<>();
        hosts.compute(host, (same, before) -> {
            Host now = before == null ? new Host(0, SOONEST.toNanos(), nanoTime.getAsLong()) : before;
            if (now.running < most) {
                place.set(new Place.Taken(leave(host, nanoTime.getAsLong())));
                return new Host(now.running + 1, now.pace, now.next);
            }
            return full(now, place);
        });
        return place.get();
    }

    private Host full(Host host, AtomicReference<Place> place) {
        long now = nanoTime.getAsLong();
        long latest = now + LATEST.toNanos();
        long at = Math.min(latest, Math.max(host.next, now + SOONEST.toNanos()));
        place.set(new Place.Full(Duration.ofNanos(at - now)));
        return new Host(host.running, host.pace, at + host.pace / most);
    }

    private Runnable leave(String host, long since) {
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                long took = nanoTime.getAsLong() - since;
                hosts.computeIfPresent(host, (same, now) -> {
                    boolean idle = now.running == 1 && now.next <= nanoTime.getAsLong();
                    return idle ? null : new Host(now.running - 1, (now.pace + took) / 2, now.next);
                });
            }
        };
    }

    /** How many hosts are known at the moment. */
    int hosts() {
        return hosts.size();
    }
}
