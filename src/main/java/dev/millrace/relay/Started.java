package dev.millrace.relay;

import dev.millrace.admission.AdmittedText;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.RequestId;
import dev.millrace.limits.LivePermits.Permit;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.UpstreamException;
import dev.millrace.relay.RelayOutcome.Ending;
import dev.millrace.routing.Route;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A live request whose hold is taken: run it once, or close it and the hold goes back. */
public final class Started implements AutoCloseable {
    private final RelayParts parts;
    private final LiveHolds holds;
    private final AdmittedText request;
    private final List<Route> routes;
    private final RequestId id;
    private final Permit permit;
    private final Instant since;
    private final AtomicBoolean taken = new AtomicBoolean();

    Started(
            RelayParts parts,
            LiveHolds holds,
            AdmittedText request,
            List<Route> routes,
            RequestId id,
            Permit permit) {
        this.parts = parts;
        this.holds = holds;
        this.request = request;
        this.routes = routes;
        this.id = id;
        this.permit = permit;
        this.since = parts.clock().instant();
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
        try (permit) {
            return tryRoutes(sink);
        }
    }

    private RelayOutcome tryRoutes(RelaySink sink) {
        for (int i = 0; ; i++) {
            Metered metered = new Metered(sink, since, parts.clock());
            Route route = routes.get(i);
            UpstreamException failure = call(route, i + 1, metered);
            boolean nothing = !metered.begun() && !metered.ended();
            if (failure == null || !nothing) {
                return conclude(route, metered, failure, sink);
            }
            if (!failure.anotherMayWork() || i + 1 == routes.size() || !sink.wanted()) {
                release();
                throw problem(failure).toException();
            }
        }
    }

    private @Nullable UpstreamException call(Route route, int attempt, Metered metered) {
        TextCall call = new TextCall(
                id.text() + "-" + attempt,
                route.deployment().upstreamModel(),
                request.messages(),
                request.maxOutputTokens(),
                request.seed(),
                request.parameters());
        try {
            route.provider().text().orElseThrow().run(call, metered);
            return null;
        } catch (UpstreamException failure) {
            return failure;
        } catch (RuntimeException bug) {
            abandon(route, metered);
            throw bug;
        }
    }

    /** A bug of ours or of an adapter: what was delivered is charged, and the hold never stays open. */
    private void abandon(Route route, Metered metered) {
        if (metered.begun()) {
            settle(route, metered);
        } else {
            release();
        }
    }

    private RelayOutcome conclude(
            Route route, Metered metered, @Nullable UpstreamException failure, RelaySink sink) {
        Ending ending = metered.ended() ? Ending.COMPLETE : sink.wanted() ? Ending.BROKEN : Ending.HUNG_UP;
        Money charge = metered.chargeable() ? settle(route, metered) : release();
        RelayOutcome outcome = metered.outcome(id, request, ending, charge);
        parts.metrics()
                .counter("millrace.relay.ended", "ending", ending.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
        switch (ending) {
            case COMPLETE -> sink.end(outcome);
            case BROKEN -> sink.broken(failure == null ? cutOff() : problem(failure), outcome);
            case HUNG_UP -> {}
        }
        return outcome;
    }

    private Money settle(Route route, Metered metered) {
        return holds.settle(id, organization(), metered.bill(request, route.deployment().provider()));
    }

    private Money release() {
        holds.release(id, organization());
        return Money.ZERO;
    }

    private OrganizationId organization() {
        return request.principal().organization();
    }

    private static Problem problem(UpstreamException failure) {
        Problem problem = Problem.of(failure.code(), failure.detail());
        java.time.Duration wait = failure.retryAfter();
        return wait == null ? problem : problem.withRetryAfter(wait);
    }

    private static Problem cutOff() {
        return Problem.of(
                ProblemCode.UPSTREAM_ERROR, "The upstream broke off in the middle of its answer; what came is charged.");
    }

    /** Gives the hold back, unless the request was run. */
    @Override
    public void close() {
        if (taken.compareAndSet(false, true)) {
            try (permit) {
                release();
            }
        }
    }
}
