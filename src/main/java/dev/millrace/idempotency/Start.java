package dev.millrace.idempotency;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a request with an idempotency key is. */
public sealed interface Start {
    /** The first with its key: go on. */
    record Fresh() implements Start {}

    /** A repeat of one that is done: answer with what it created. */
    record Replay(String created) implements Start {}

    /** The key was used for another request. */
    record Mismatch() implements Start {}

    /** A repeat of one that is still being answered. */
    record InUse() implements Start {}

    /**
     * What was created before, or empty when the request is the first.
     *
     * @throws dev.millrace.problem.ProblemException {@code IDEMPOTENCY_MISMATCH}, or {@code IDEMPOTENCY_IN_USE} with a
     *     time to retry after
     */
    default Optional<String> replayed() {
        return switch (this) {
            case Fresh() -> Optional.empty();
            case Replay(String created) -> Optional.of(created);
            case Mismatch() ->
                throw Problem.of(
                                ProblemCode.IDEMPOTENCY_MISMATCH,
                                "This Idempotency-Key was used with another body on this path; send a new key for a new"
                                        + " request.")
                        .withFacts(Map.of("header", IdempotencyKey.HEADER))
                        .toException();
            case InUse() ->
                throw Problem.of(
                                ProblemCode.IDEMPOTENCY_IN_USE,
                                "A request with this Idempotency-Key is still being answered; repeat it a moment later.")
                        .withFacts(Map.of("header", IdempotencyKey.HEADER))
                        .withRetryAfter(Duration.ofSeconds(1))
                        .toException();
        };
    }
}
