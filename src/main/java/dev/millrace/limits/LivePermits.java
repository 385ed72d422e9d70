package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the live requests that each key has running on this node. Holds a key only while one runs. */
public final class LivePermits {
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final int limit;
    private final ConcurrentHashMap<KeyId, Integer> running = new ConcurrentHashMap<>();

    public LivePermits(LimitSettings settings) {
        this.limit = settings.liveRequests();
    }

    /** The right to run one live request; closing it gives it back, once. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a permit for one live request of the key.
     *
     * @throws dev.millrace.problem.ProblemException {@code CONCURRENCY_REACHED} when the key has as many running as it may
     */
    public Permit take(KeyId key) {
        AtomicBoolean open = new AtomicBoolean();
        running.compute(key, (same, count) -> {
            int now = count == null ? 0 : count;
            open.set(now < limit);
            return now < limit ? Integer.valueOf(now + 1) : count;
        });
        if (!open.get()) {
            throw refusal().toException();
        }
        return () -> {
            if (open.compareAndSet(true, false)) {
                running.computeIfPresent(key, (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
            }
        };
    }

    /** How many live requests the key has running. */
    public int running(KeyId key) {
        return running.getOrDefault(key, 0);
    }

    /** How many live requests a rule counts for somebody. */
    int running(Subject subject, LimitRules.Rule rule) {
        return 0;
    }

    private Problem refusal() {
        return new Problem(
                ProblemCode.CONCURRENCY_REACHED,
                "This key has " + limit
                        + " live requests running, which is all it may have; try again when one has ended.",
                List.of(),
                Map.of("limit", limit),
                COME_BACK);
    }
}
