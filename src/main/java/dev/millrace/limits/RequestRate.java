package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of each key against its requests per minute, in memory.
 *
 * <p>A refusal says when to come back, and each one says a later moment than the one before: of a hundred requests that are
 * refused at once and all obey, none is refused again.
 */
public final class RequestRate {
    private static final Duration WINDOW = Meter.WINDOW;
    private static final int KEYS_MAX = 100_000;

    private final int usual;
    private final ToLongBiFunction<OrganizationId, KeyId> quotas;
    private final LongSupplier nanoTime;
    private final @Nullable PlanRates plans;
    private final Cache<KeyId, Meter> meters;

    /** @param nanoTime a clock that never goes back, as {@link System#nanoTime} */
    public RequestRate(LimitSettings settings, LongSupplier nanoTime) {
        this(settings, (organization, key) -> settings.requestsPerMinute(), null, nanoTime);
    }

    /**
     * @param book where an organization's plan, or its own rules, may say another number
     * @param nodes how many nodes divide each limit among them
     */
    public RequestRate(LimitSettings settings, LimitBook book, IntSupplier nodes, LongSupplier nanoTime) {
        this(
                settings,
                (organization, key) -> {
                    Long said = book.of(organization, key).organization().keyRequests();
                    long quota = said == null ? settings.requestsPerMinute() : said;
                    return Math.max(1, quota / Math.max(1, nodes.getAsInt()));
                },
                new PlanRates(book, nodes, nanoTime),
                nanoTime);
    }

    private RequestRate(
            LimitSettings settings,
            ToLongBiFunction<OrganizationId, KeyId> quotas,
            @Nullable PlanRates plans,
            LongSupplier nanoTime) {
        this.plans = plans;
        this.usual = settings.requestsPerMinute();
        this.quotas = quotas;
        this.nanoTime = nanoTime;
        // A key that was silent for a window has its whole quota again, which is what a forgotten one gets.
        this.meters = Caffeine.newBuilder()
                .maximumSize(KEYS_MAX)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * Counts one request of the key.
     *
     * @throws dev.millrace.problem.ProblemException {@code RATE_LIMITED} with the wait, in whole seconds
     */
    public RateState take(OrganizationId organization, KeyId key) {
        return take(meter(key, quotas.applyAsLong(organization, key)));
    }

    /** As the other, by the installation's number. */
    RateState take(KeyId key) {
        return take(meter(key, usual));
    }

    private static RateState take(Meter meter) {
        ConsumptionProbe probe = meter.take(1);
        if (probe.isConsumed()) {
            RateState state = meter.state(probe.getRemainingTokens());
            RateHeaders.counted(state);
            return state;
        }
        Duration wait = WholeSeconds.up(Duration.ofNanos(meter.promise(probe.getNanosToWaitForRefill(), 1)));
        RateHeaders.counted(new RateState(meter.quota, WINDOW, 0, wait));
        throw new Problem(
                        ProblemCode.RATE_LIMITED,
                        "This key may make " + meter.quota + " requests a minute; try again in " + wait.toSeconds()
                                + " s.",
                        List.of(),
                        Map.of("limit", meter.quota, "window_seconds", WINDOW.toSeconds()),
                        wait)
                .toException();
    }

    /**
     * Counts a request, which was taken before, against the rules of its plan, its organization and its key.
     *
     * @param tokens the most that it may use; 0 where nothing is counted in tokens
     * @throws ProblemException {@code RATE_LIMITED} with the wait; the request does not count then
     */
    public void charge(OrganizationId organization, KeyId key, String model, Modality modality, long tokens) {
        if (plans == null) {
            return;
        }
        try {
            plans.take(organization, key, model, modality, tokens);
        } catch (ProblemException refused) {
            meter(key, quotas.applyAsLong(organization, key)).giveBack(1);
            throw refused;
        }
    }

    /** How every rule of the key and its organization stands; counts nothing. */
    public List<PlanRates.Standing> standing(OrganizationId organization, KeyId key) {
        return plans == null ? List.of() : plans.standing(organization, key);
    }

    /** Where the key stands; counts nothing. */
    public RateState state(OrganizationId organization, KeyId key) {
        return state(meter(key, quotas.applyAsLong(organization, key)));
    }

    RateState state(KeyId key) {
        return state(meter(key, usual));
    }

    private static RateState state(Meter meter) {
        return meter.state(meter.remaining());
    }

    private Meter meter(KeyId key, long quota) {
        return meters.asMap()
                .compute(
                        key,
                        (same, known) -> known == null || known.quota != quota ? new Meter(quota, nanoTime) : known);
    }
}
