package dev.millrace.relay;

import dev.millrace.admission.AdmittedText;
import dev.millrace.billing.Bill;
import dev.millrace.catalog.Deployment;
import dev.millrace.id.RequestId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextSink;
import dev.millrace.provider.TextTally;
import dev.millrace.provider.ToolPiece;
import dev.millrace.relay.RelayOutcome.Ending;
import dev.millrace.usage.Served;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes one upstream's answer on and counts it. A client that can not be written to has hung up: nothing more is passed on, and
 * the upstream is stopped, or read on, as the policy says.
 */
final class Metered implements TextSink {
    private static final int REQUEST_MAX = 1_000;

    private final TextTally tally = new TextTally();
    private final RelaySink sink;
    private final HangUp policy;
    private final Instant since;
    private final Instant called;
    private final InstantSource clock;
    private final Instant deadline;
    private @Nullable Instant hungUpAt;
    private long tokensThen;
    private boolean late;
    private final Supplier<Optional<Problem>> stops;
    private @Nullable Problem stopped;
    private @Nullable Instant firstPiece;
    private @Nullable FinishReason finish;
    private @Nullable String upstreamRequest;
    private Money upstreamCost = Money.ZERO;

    Metered(
            RelaySink sink,
            HangUp policy,
            Instant since,
            Instant deadline,
            InstantSource clock,
            Supplier<Optional<Problem>> stops) {
        this.stops = stops;
        this.deadline = deadline;
        this.sink = sink;
        this.policy = policy;
        this.since = since;
        this.clock = clock;
        this.called = clock.instant();
    }

    @Override
    public void text(String piece) {
        if (!piece.isEmpty() && taken()) {
            tally.text(piece);
            pass(() -> sink.text(piece));
        }
    }

    @Override
    public void tool(ToolPiece piece) {
        if (taken()) {
            tally.tool(piece);
            pass(() -> sink.tool(piece));
        }
    }

    /** Whether a piece that comes now belongs to the answer. */
    private boolean taken() {
        if (late || stopped != null || ended() || (hungUp() && !draining())) {
            return false;
        }
        if (firstPiece == null) {
            firstPiece = clock.instant();
        }
        return true;
    }

    private void pass(Runnable piece) {
        if (hungUp()) {
            return;
        }
        try {
            piece.run();
        } catch (RuntimeException gone) {
            hangUp();
        }
    }

    @Override
    public void usage(Units units) {
        tally.reported(units);
    }

    @Override
    public void receipt(@Nullable String request, @Nullable Money cost) {
        upstreamRequest = request == null || request.length() > REQUEST_MAX ? null : request;
        upstreamCost = cost == null || cost.isNegative() ? Money.ZERO : cost;
    }

    @Override
    public void end(FinishReason reason) {
        finish = reason;
    }

    @Override
    public boolean wanted() {
        if (!hungUp() && !sink.wanted()) {
            hangUp();
        }
        late = late || clock.instant().isAfter(deadline);
        if (stopped == null) {
            stopped = stops.get().orElse(null);
        }
        return !late && stopped == null && (!hungUp() || draining());
    }

    private void hangUp() {
        hungUpAt = clock.instant();
        tokensThen = tally.tokens();
    }

    /** Whether the answer is read on for a client that is gone. */
    private boolean draining() {
        Instant then = hungUpAt;
        return then != null
                && switch (policy) {
                    case HangUp.Cancel cancel -> false;
                    case HangUp.Drain drain -> true;
                    case HangUp.DrainTokens(long most) -> tally.tokens() - tokensThen < most;
                    case HangUp.DrainFor(Duration most) -> clock.instant().isBefore(then.plus(most));
                };
    }

    /** Whether the client is gone. */
    boolean hungUp() {
        return hungUpAt != null;
    }

    /** Whether the upstream was stopped because the model's time was over. */
    boolean late() {
        return late;
    }

    /** Why whoever asked may not have it go on; null while that one may. */
    @Nullable
    Problem stopped() {
        return stopped;
    }

    boolean begun() {
        return tally.begun();
    }

    boolean ended() {
        return finish != null;
    }

    /**
     * Whether there is anything to charge: pieces, or a complete answer whose usage was reported. A report alone is not
     * enough: some upstreams send one before they have made anything.
     */
    boolean chargeable() {
        return begun() || (ended() && tally.isReported());
    }

    Bill bill(AdmittedText request, Deployment by, UsageStatus status, @Nullable String error) {
        Instant first = firstPiece;
        Instant now = clock.instant();
        return new Bill(
                request.principal().key(),
                request.model().id(),
                request.quote().priceVersion(),
                request.parameters(),
                used(request),
                tally.isReported() ? UnitsSource.UPSTREAM : UnitsSource.ESTIMATE,
                by.provider(),
                Modality.LANGUAGE,
                request.dialect(),
                upstreamCost,
                status,
                error,
                millis(since, now),
                first == null ? null : millis(since, first),
                new Served(by.upstreamModel(), millis(called, now), upstreamRequest));
    }

    RelayOutcome outcome(RequestId id, AdmittedText request, Ending ending, Money charge) {
        Units used = chargeable() ? used(request) : Units.NONE;
        return new RelayOutcome(id, request.model().id(), ending, finish, begun(), used, tally.isReported(), charge);
    }

    private Units used(AdmittedText request) {
        return tally.used(request.dialogue(), request.planned());
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
