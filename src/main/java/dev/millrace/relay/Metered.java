package dev.millrace.relay;

import dev.millrace.admission.AdmittedText;
import dev.millrace.billing.Bill;
import dev.millrace.id.RequestId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.Message;
import dev.millrace.provider.TextSink;
import dev.millrace.relay.RelayOutcome.Ending;
import dev.millrace.usage.UnitsSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Passes one upstream's answer on and counts it. What the upstream reports is what counts, an explicit zero included;
 * where it reports nothing, input is reckoned at four bytes a token and output at one token a piece, and neither above
 * what was planned. A client that can not be written to has hung up: nothing more is passed on, and the upstream is told so
 * when it next asks.
 */
final class Metered implements TextSink {
    private static final int BYTES_PER_TOKEN = 4;

    private final RelaySink sink;
    private final Instant since;
    private final InstantSource clock;
    private final Instant deadline;
    private long pieces;
    private boolean hungUp;
    private boolean late;
    private @Nullable Instant firstPiece;
    private @Nullable Units reported;
    private @Nullable FinishReason finish;

    Metered(RelaySink sink, Instant since, Instant deadline, InstantSource clock) {
        this.deadline = deadline;
        this.sink = sink;
        this.since = since;
        this.clock = clock;
    }

    @Override
    public void text(String piece) {
        if (piece.isEmpty() || hungUp || late || ended()) {
            return;
        }
        if (firstPiece == null) {
            firstPiece = clock.instant();
        }
        pieces++;
        try {
            sink.text(piece);
        } catch (RuntimeException gone) {
            hungUp = true;
        }
    }

    @Override
    public void usage(Units units) {
        reported = units;
    }

    @Override
    public void end(FinishReason reason) {
        finish = reason;
    }

    @Override
    public boolean wanted() {
        hungUp = hungUp || !sink.wanted();
        late = late || clock.instant().isAfter(deadline);
        return !hungUp && !late;
    }

    /** Whether the client is gone. */
    boolean hungUp() {
        return hungUp;
    }

    /** Whether the upstream was stopped because the model's time was over. */
    boolean late() {
        return late;
    }

    boolean begun() {
        return pieces > 0;
    }

    boolean ended() {
        return finish != null;
    }

    /**
     * Whether there is anything to charge: pieces, or a complete answer whose usage was reported. A report alone is not
     * enough: some upstreams send one before they have made anything.
     */
    boolean chargeable() {
        return begun() || (ended() && reported != null);
    }

    Bill bill(AdmittedText request, String provider) {
        Instant first = firstPiece;
        return new Bill(
                request.principal().key(),
                request.model().id(),
                request.quote().priceVersion(),
                request.parameters(),
                used(request),
                reported == null ? UnitsSource.ESTIMATE : UnitsSource.UPSTREAM,
                provider,
                Modality.LANGUAGE,
                request.dialect(),
                Money.ZERO,
                millis(clock.instant()),
                first == null ? null : millis(first));
    }

    RelayOutcome outcome(RequestId id, AdmittedText request, Ending ending, Money charge) {
        Units used = chargeable() ? used(request) : Units.NONE;
        return new RelayOutcome(id, request.model().id(), ending, finish, begun(), used, reported != null, charge);
    }

    private Units used(AdmittedText request) {
        if (reported != null) {
            return reported;
        }
        long bytes = 0;
        for (Message message : request.messages()) {
            bytes += message.text().getBytes(StandardCharsets.UTF_8).length;
        }
        Units planned = request.planned();
        long input = Math.min(Math.ceilDiv(bytes, BYTES_PER_TOKEN), planned.get(Unit.INPUT_TOKEN));
        return Units.of(Unit.INPUT_TOKEN, input)
                .with(Unit.OUTPUT_TOKEN, Math.min(pieces, planned.get(Unit.OUTPUT_TOKEN)));
    }

    private long millis(Instant moment) {
        return Math.max(0, Duration.between(since, moment).toMillis());
    }
}
