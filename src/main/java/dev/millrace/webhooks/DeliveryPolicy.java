package dev.millrace.webhooks;

import dev.millrace.egress.EgressFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * How one kind of event is delivered.
 *
 * @param name stored with each delivery; never changed
 * @param timeout how long one attempt may take in all
 * @param firstWait how long to wait behind the first failed attempt; it doubles with each one after
 * @param longestWait where the doubling ends
 * @param giveUpAfter no attempt begins later than this behind the first one
 * @param retries which outcomes that are no success are worth another attempt
 */
public record DeliveryPolicy(
        String name,
        Duration timeout,
        Duration firstWait,
        Duration longestWait,
        Duration giveUpAfter,
        Predicate<AttemptOutcome> retries) {
    /** A wait differs from its nominal length by at most one part in this. */
    private static final int JITTER_PART = 5;

    private static final int DOUBLINGS_MAX = 30;
    private static final int TOO_MANY = 429;

    /** Higgsfield's: 10 s an attempt; for 2 h on server errors and broken connections; never on 3xx and 4xx. */
    public static final DeliveryPolicy HIGGSFIELD = new DeliveryPolicy(
            "higgsfield",
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(15),
            Duration.ofHours(2),
            DeliveryPolicy::brokenOrServerError);

    /** Apiframe's: one attempt of 10 s, whatever comes of it. */
    public static final DeliveryPolicy APIFRAME = new DeliveryPolicy(
            "apiframe",
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ZERO,
            none -> false);

    /** OpenRouter's {@code callback_url}, of which its contract says no more: as Higgsfield's, and told to wait by 429. */
    public static final DeliveryPolicy OPENROUTER = new DeliveryPolicy(
            "openrouter",
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(15),
            Duration.ofHours(2),
            outcome -> brokenOrServerError(outcome) || outcome.equals(new AttemptOutcome.Answered(TOO_MANY)));

    /** Every policy that a stored delivery may name. */
    public static final List<DeliveryPolicy> ALL = List.of(HIGGSFIELD, APIFRAME, OPENROUTER);

    /** @throws IllegalStateException when no policy is called so */
    public static DeliveryPolicy named(String name) {
        return ALL.stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no delivery policy is called " + name));
    }

    /**
     * How long to wait behind the n-th failed attempt, from 1: doubled each time, with jitter, so that receivers that were
     * down are not met by all at once.
     */
    Duration waitBehind(int attempt, RandomGenerator random) {
        long nominal = firstWait.toMillis() << Math.min(attempt - 1, DOUBLINGS_MAX);
        nominal = Math.max(1, Math.min(nominal, longestWait.toMillis()));
        long jitter = nominal / JITTER_PART;
        return Duration.ofMillis(nominal - jitter + random.nextLong(2 * jitter + 1));
    }

    private static boolean brokenOrServerError(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Answered(int status) -> status >= 500;
            case AttemptOutcome.Unanswered(EgressFailure failure) -> failure != EgressFailure.REFUSED;
        };
    }
}
