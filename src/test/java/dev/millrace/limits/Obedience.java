package dev.millrace.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Many clients that share one limit and come back when they were told, or a little later, on a clock of their own: each sends a request, waits for as
 * long as it was told, sends it again, thinks a while and sends the next.
 */
final class Obedience {
    private final SplittableRandom random;
    private final LongConsumer clock;
    private final Duration late;
    private final PriorityQueue<Visit> visits = new PriorityQueue<>((one, other) -> Long.compare(one.at, other.at));
    int granted;
    int refused;
    int refusedAgain;

    /** What answers a request: how long to wait, or nothing where it is let in. */
    interface Door {
        Optional<Duration> ask(int client, int request);
    }

    private record Visit(long at, int client, int request, boolean told) {}

    /**
     * @param clock is set to the nanoseconds since the beginning
     * @param late how much later than it was told a client comes back at most
     */
    Obedience(SplittableRandom random, LongConsumer clock, Duration late) {
        this.late = late;
        this.random = random;
        this.clock = clock;
    }

    /** @param think how long a client waits at most before its next request */
    void run(int clients, Duration time, Duration think, Door door) {
        for (int client = 0; client < clients; client++) {
            visits.add(new Visit(random.nextLong(think.toNanos()), client, 0, false));
        }
        for (Visit visit = visits.poll(); visit != null && visit.at < time.toNanos(); visit = visits.poll()) {
            clock.accept(visit.at);
            Visit came = visit;
            Optional<Duration> wait = door.ask(visit.client, visit.request);
            wait.ifPresentOrElse(
                    told -> {
                        refused++;
                        refusedAgain += came.told ? 1 : 0;
                        visits.add(new Visit(came.at + told.toNanos() + late(), came.client, came.request, true));
                    },
                    () -> {
                        granted++;
                        long next = came.at + random.nextLong(think.toNanos());
                        visits.add(new Visit(next, came.client, came.request + 1, false));
                    });
        }
    }

    private long late() {
        return random.nextLong(late.toNanos() + 1);
    }

    @Override
    public String toString() {
        return granted + " let in, " + refused + " refused, " + refusedAgain + " of them again";
    }
}
