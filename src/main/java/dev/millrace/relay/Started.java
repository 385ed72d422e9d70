package dev.millrace.relay;

import dev.millrace.admission.AdmittedText;
import dev.millrace.billing.Unpaid;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.RequestId;
import dev.millrace.limits.LivePermits.Permit;
import dev.millrace.meter.Modality;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.UpstreamException;
import dev.millrace.relay.RelayOutcome.Ending;
import dev.millrace.routing.Route;
import dev.millrace.usage.Attempt;
import dev.millrace.usage.UsageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live request whose hold is taken: run it once, or close it and the hold goes back. */
public final class Started implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Started.class);
    private static final String CANCELED = "canceled";

    private final RelayParts parts;
    private final LiveHolds holds;
    private final AdmittedText request;
    private final List<Route> routes;
    private final RequestId id;
    private final Permit permit;
    private final CountedTokens tokens;
    private final HangUp hangUp;
    private final Instant since;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final List<Attempt> attempts = new ArrayList<>();

    Started(
            RelayParts parts,
            LiveHolds holds,
            AdmittedText request,
            List<Route> routes,
            RequestId id,
            Permit permit,
            CountedTokens tokens,
            HangUp hangUp) {
        this.parts = parts;
        this.holds = holds;
        this.request = request;
        this.routes = routes;
        this.id = id;
        this.permit = permit;
        this.tokens = tokens;
        this.hangUp = hangUp;
        this.since = parts.clock().instant();
    }

    /** Names the request in the wallet and in usage. */
    public RequestId id() {
        return id;
    }

    /**
     * Streams the answer into the sink, and charges it. Upstreams are tried in turn until one gives a first piece; from then on
     * it is that one's answer, whole or broken.
     *
     * @throws dev.millrace.problem.ProblemException when no upstream gave anything; the sink was told nothing and the hold went
     *     back
     * @throws IllegalStateException when it was run or closed before
     */
    public RelayOutcome run(RelaySink sink) {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("bug: a live request is run once");
        }
        try (permit;
                tokens) {
            return tryRoutes(sink);
        }
    }

    private RelayOutcome tryRoutes(RelaySink sink) {
        Instant deadline = since.plus(request.model().timeout());
        for (int i = 0; ; i++) {
            Metered metered = new Metered(
                    sink,
                    hangUp,
                    since,
                    deadline,
                    parts.clock(),
                    () -> parts.stops().apply(request.principal()));
            Route route = routes.get(i);
            UpstreamException failure = call(route, i + 1, metered);
            if (metered.begun() || metered.ended() || metered.hungUp()) {
                return conclude(route, metered, failure, sink);
            }
            Problem problem = problem(metered, failure);
            attempts.add(attempt(i + 1, route, problem));
            boolean another = failure == null || failure.anotherMayWork();
            if (!another || metered.late() || metered.stopped() != null || i + 1 == routes.size()) {
                release(
                        route.deployment().provider(),
                        UsageStatus.FAILED,
                        problem.code().slug());
                count("failed");
                throw problem.toException();
            }
        }
    }

    private @Nullable UpstreamException call(Route route, int attempt, Metered metered) {
        TextCall call = new TextCall(
                id.text() + "-" + attempt,
                attempt,
                route.deployment().upstreamModel(),
                request.dialogue(),
                request.maxOutputTokens(),
                request.seed(),
                request.parameters().deepCopy());
        try {
            route.provider().text().orElseThrow().run(call, metered);
            return null;
        } catch (UpstreamException failure) {
            return failure;
        } catch (RuntimeException bug) {
            // The message may quote anything, so the kind alone is told.
            LOG.error(
                    "live request {}: the adapter {} failed with {}",
                    id,
                    route.deployment().provider(),
                    bug.getClass().getName());
            return new UpstreamException(ProblemCode.UPSTREAM_ERROR, "The upstream could not be used.", true, null);
        }
    }

    private RelayOutcome conclude(Route route, Metered metered, @Nullable UpstreamException failure, RelaySink sink) {
        boolean whole = metered.ended();
        Ending ending = metered.hungUp() ? Ending.HUNG_UP : whole ? Ending.COMPLETE : Ending.BROKEN;
        UsageStatus status = switch (ending) {
            case COMPLETE -> UsageStatus.COMPLETED;
            case BROKEN -> UsageStatus.FAILED;
            case HUNG_UP -> UsageStatus.CANCELED;
        };
        String error = switch (ending) {
            case COMPLETE -> null;
            case BROKEN -> problem(metered, failure).code().slug();
            case HUNG_UP -> CANCELED;
        };
        RelayOutcome outcome = metered.outcome(id, request, ending, charge(route, metered, status, error));
        tokens.used(outcome.used());
        count(ending.name().toLowerCase(Locale.ROOT));
        switch (ending) {
            case COMPLETE -> sink.end(outcome);
            case BROKEN -> sink.broken(problem(metered, failure), outcome);
            case HUNG_UP -> {}
        }
        return outcome;
    }

    private Money charge(Route route, Metered metered, UsageStatus status, @Nullable String error) {
        String provider = route.deployment().provider();
        try {
            return metered.chargeable()
                    ? holds.settle(
                            id, organization(), metered.bill(request, route.deployment(), status, error), attempts)
                    : release(provider, status, error);
        } catch (RuntimeException unresolved) {
            // The answer was delivered and ends well; the hold goes back when its row falls due.
            LOG.error("live request {} ended and its hold could not be resolved: {}", id, unresolved.toString());
            return Money.ZERO;
        }
    }

    private void count(String ending) {
        parts.metrics().counter("millrace.relay.ended", "ending", ending).increment();
    }

    private Attempt attempt(int number, Route route, Problem problem) {
        return new Attempt(
                number,
                route.deployment().provider(),
                route.deployment().upstreamModel(),
                problem.code().slug(),
                parts.clock().instant());
    }

    private Money release(String provider, UsageStatus status, @Nullable String error) {
        long latency = Duration.between(since, parts.clock().instant()).toMillis();
        Unpaid why = new Unpaid(provider, Modality.LANGUAGE, request.dialect(), status, error, Money.ZERO, latency);
        holds.release(id, organization(), why, attempts);
        return Money.ZERO;
    }

    private OrganizationId organization() {
        return request.principal().organization();
    }

    private static Problem problem(Metered metered, @Nullable UpstreamException failure) {
        Problem stopped = metered.stopped();
        if (stopped != null) {
            return stopped;
        }
        if (metered.late()) {
            return Problem.of(ProblemCode.UPSTREAM_TIMEOUT, "The model did not finish within its time.");
        }
        if (failure == null) {
            return Problem.of(ProblemCode.UPSTREAM_ERROR, "The upstream broke off before the end of its answer.");
        }
        Problem problem = Problem.of(failure.code(), failure.detail());
        Duration wait = failure.retryAfter();
        return wait == null ? problem : problem.withRetryAfter(wait);
    }

    /** Gives the hold back, unless the request was run. */
    @Override
    public void close() {
        if (taken.compareAndSet(false, true)) {
            try (permit;
                    tokens) {
                release("", UsageStatus.CANCELED, CANCELED);
            }
        }
    }
}
