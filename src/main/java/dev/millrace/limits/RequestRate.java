package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.Buckets.Draw;
import dev.millrace.limits.Buckets.Drawn;
import dev.millrace.limits.Buckets.Level;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of each key against its requests per minute.
 *
 * <p>A refusal says when to come back, and each one says a later moment than the one before: of a hundred requests that are
 * refused at once and all obey, none is refused again.
 */
public final class RequestRate implements TokenUse {
    private static final Duration WINDOW = Meter.WINDOW;

    private final long usual;
    private final @Nullable LimitBook book;
    private final @Nullable PlanRates plans;
    private final Buckets buckets;

    /** @param nanoTime a clock that never goes back, as {@link System#nanoTime} */
    public RequestRate(LimitSettings settings, LongSupplier nanoTime) {
        this(settings, null, new LocalBuckets(() -> 1, nanoTime));
    }

    /**
     * @param book where an organization's plan, or its own rules, may say another number
     * @param nodes how many nodes divide each limit among them
     */
    public RequestRate(LimitSettings settings, LimitBook book, IntSupplier nodes, LongSupplier nanoTime) {
        this(settings, book, new LocalBuckets(nodes, nanoTime));
    }

    RequestRate(LimitSettings settings, @Nullable LimitBook book, Buckets buckets) {
        this.usual = settings.requestsPerMinute();
        this.book = book;
        this.buckets = buckets;
        this.plans = book == null ? null : new PlanRates(book, buckets);
    }

    /**
     * Counts one request of the key.
     *
     * @throws dev.millrace.problem.ProblemException {@code RATE_LIMITED} with the wait, in whole seconds
     */
    public RateState take(OrganizationId organization, KeyId key) {
        return take(draw(key, quota(organization, key)));
    }

    /**
     * Refuses a key that has no request left; counts none.
     *
     * @throws dev.millrace.problem.ProblemException as {@link #take(OrganizationId, KeyId)}
     */
    public void require(OrganizationId organization, KeyId key) {
        Draw draw = draw(key, quota(organization, key));
        if (state(draw).remaining() == 0) {
            take(draw);
            buckets.settle(List.of(draw), 0);
        }
    }

    /** As the other, by the installation's number. */
    RateState take(KeyId key) {
        return take(draw(key, usual));
    }

    private RateState take(Draw draw) {
        Drawn drawn = buckets.take(List.of(draw));
        Level level = drawn.levels().getFirst();
        if (drawn.taken()) {
            RateState state = RateState.of(level);
            RateHeaders.counted(state);
            return state;
        }
        Duration wait = WholeSeconds.up(Duration.ofNanos(Math.max(1, level.nanosToWait())));
        RateHeaders.counted(new RateState(level.quota(), WINDOW, 0, wait));
        throw new Problem(
                        ProblemCode.RATE_LIMITED,
                        "This key may make " + level.quota() + " requests a minute; try again in " + wait.toSeconds()
                                + " s.",
                        List.of(),
                        Map.of("limit", level.quota(), "window_seconds", WINDOW.toSeconds()),
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
            buckets.settle(List.of(draw(key, quota(organization, key))), 0);
            throw refused;
        }
    }

    /**
     * Puts the tokens that a request used in the place of those that {@link #charge} counted: the rest is given back, and what is more
     * is taken. Never fails.
     */
    @Override
    public void settle(
            OrganizationId organization, KeyId key, String model, Modality modality, long counted, long used) {
        if (plans != null && counted != used) {
            plans.settle(organization, key, model, modality, counted, used);
        }
    }

    /** How every rule of the key and its organization stands; counts nothing. */
    public List<PlanRates.Standing> standing(OrganizationId organization, KeyId key) {
        return plans == null ? List.of() : plans.standing(organization, key);
    }

    /** Where the key stands; counts nothing. */
    public RateState state(OrganizationId organization, KeyId key) {
        return state(draw(key, quota(organization, key)));
    }

    RateState state(KeyId key) {
        return state(draw(key, usual));
    }

    private RateState state(Draw draw) {
        return RateState.of(buckets.look(List.of(draw)).getFirst());
    }

    private long quota(OrganizationId organization, KeyId key) {
        Long said =
                book == null ? null : book.of(organization, key).organization().keyRequests();
        return said == null ? usual : said;
    }

    private static Draw draw(KeyId key, long quota) {
        return new Draw("requests-of-key:" + key.text(), quota, 1);
    }
}
