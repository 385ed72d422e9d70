package dev.millrace.limits;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Says whether this node may hold requests against limits alone, while the Redis does not answer. */
final class Alone {
    /** The Redis is looked for four times a second, so that this is how long it is worth waiting. */
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final WhenDown policy;
    private final Counter local;
    private final Counter refused;

    Alone(WhenDown policy, MeterRegistry metrics) {
        this.policy = policy;
        this.local = metrics.counter("millrace.limits.alone", "outcome", "local");
        this.refused = metrics.counter("millrace.limits.alone", "outcome", "refused");
    }

    /** @throws dev.millrace.problem.ProblemException {@code UNAVAILABLE} when it may not */
    void permit() {
        switch (policy) {
            case LOCAL -> local.increment();
            case REFUSE -> {
                refused.increment();
                throw Problem.of(
                                ProblemCode.UNAVAILABLE,
                                "What counts requests for all nodes does not answer; nothing was taken. Repeat the request.")
                        .withRetryAfter(COME_BACK)
                        .toException();
            }
        }
    }
}
