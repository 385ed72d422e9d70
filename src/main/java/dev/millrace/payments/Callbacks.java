package dev.millrace.payments;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.millrace.config.Secret;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Takes what Stripe tells by itself: signed, fresh, of the right mode, and then only as far as it agrees with our rows. */
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final long TOLERANCE_SECONDS = 300;

    private final PaymentSettings settings;
    private final Database database;
    private final InstantSource clock;
    private final TopUpStore topUps;
    private final Bookings bookings;
    private final Reversals reversals;

    Callbacks(
            PaymentSettings settings,
            Database database,
            InstantSource clock,
            TopUpStore topUps,
            Bookings bookings,
            Reversals reversals) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.topUps = topUps;
        this.bookings = bookings;
        this.reversals = reversals;
    }

    /** 200 when it was taken, known before, or is about nothing of ours; a problem when it is not to be believed. */
    Response answer(Request request) {
        Outcome outcome =
                take(request.body(), request.header("Stripe-Signature").orElse(""));
        return Response.json(200, Map.of("received", true, "booked", outcome == Outcome.BOOKED));
    }

    /** What came of these very bytes under this signature. */
    Outcome take(byte[] body, String signature) {
        JsonNode event = verified(body, signature);
        return event.path("account").asString("").isEmpty() ? book(event) : Outcome.NOTHING;
    }

    private JsonNode verified(byte[] body, String signature) {
        Secret secret = settings.stripeWebhookSecret();
        if (!settings.on() || secret == null || secret.reveal().isBlank()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "This installation takes no callbacks: payments.stripe_webhook_secret is not set.");
        }
        try {
            Webhook.Signature.verifyHeader(
                    new String(body, StandardCharsets.UTF_8),
                    signature,
                    secret.reveal(),
                    TOLERANCE_SECONDS,
                    clock.withZone(ZoneOffset.UTC));
        } catch (SignatureVerificationException forged) {
            LOG.debug("a callback of payments was refused: its signature is missing, wrong or old");
            throw refused("signature", "The signature is missing, wrong or older than five minutes.");
        }
        JsonNode event = Json.parse(body);
        if (event.path("livemode").asBoolean(false) != settings.live()) {
            throw refused("livemode", "The event is of the other mode than the key of this installation.");
        }
        return event;
    }

    private Outcome book(JsonNode event) {
        JsonNode object = event.path("data").path("object");
        return switch (event.path("type").asString("")) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.expired" ->
                checkout(Checkout.of(object), false);
            case "checkout.session.async_payment_failed" -> checkout(Checkout.of(object), true);
            case "payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled" -> {
                Intent said = Intent.of(object);
                yield inLaneOf(tx -> topUps.find(tx, said.reference()), tx -> bookings.intent(tx, said));
            }
            case "charge.refunded" -> reversed(Reversal.refund(object, saidAt(event)));
            case "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed" ->
                reversed(Reversal.dispute(object, false, saidAt(event)));
            case "charge.dispute.funds_reinstated" -> reversed(Reversal.dispute(object, true, saidAt(event)));
            case String other -> Outcome.NOTHING;
        };
    }

    private Instant saidAt(JsonNode event) {
        long seconds = event.path("created").asLong(0);
        return seconds > 0 ? Instant.ofEpochSecond(seconds) : clock.instant();
    }

    private Outcome checkout(Checkout said, boolean failed) {
        return inLaneOf(tx -> topUps.find(tx, said.reference()), tx -> bookings.checkout(tx, said, failed));
    }

    private Outcome reversed(Reversal said) {
        return inLaneOf(tx -> reversals.row(tx, said), tx -> reversals.book(tx, said));
    }

    /** Books where the organization's other money is booked, so that nothing stands in its own way. */
    private Outcome inLaneOf(Function<Tx, Optional<TopUp>> row, Function<Tx, Outcome> book) {
        String lane = database.read(row::apply)
                .map(found -> found.organization().text())
                .orElse(Bookings.KIND);
        return database.writer().write(lane, book::apply);
    }

    private static ProblemException refused(String reason, String detail) {
        return Problem.of(ProblemCode.INVALID_REQUEST, detail)
                .withFacts(Map.of("reason", reason))
                .toException();
    }
}
