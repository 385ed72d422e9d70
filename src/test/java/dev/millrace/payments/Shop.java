package dev.millrace.payments;

import com.stripe.net.Webhook;
import dev.millrace.config.Secret;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.money.Money;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Payments with real rooms around them, a scripted Stripe, and an organization with 100 USD. */
final class Shop implements AutoCloseable {
    static final String SECRET = "whsec_ofthetests0123456789";
    private static final String KEY = "sk_test_ofthetests0123456789";

    final TestDatabase db;
    final TestingRooms rooms;
    final ScriptedStripe stripe = new ScriptedStripe();
    final DueWork dueWork = new DueWork();
    final Payments payments;
    final OrganizationId organization;
    final AutoTopUpTrigger trigger = new AutoTopUpTrigger();
    private final List<Payments> nodes = new ArrayList<>();

    Shop(TestDatabase db) {
        this.db = db;
        this.rooms = new TestingRooms(db);
        this.organization = rooms.organization;
        this.payments = node(SECRET);
    }

    /** A node of its own, with this secret for callbacks; not started. */
    Payments node(@Nullable String secret) {
        PaymentSettings usual = PaymentSettings.DEFAULTS;
        PaymentSettings settings = new PaymentSettings(
                new Secret(KEY),
                secret == null ? null : new Secret(secret),
                stripe.url(),
                usual.minimum(),
                usual.maximum(),
                usual.description(),
                null,
                null,
                Duration.ofMillis(1),
                usual.timeout(),
                2);
        Payments made = new Payments(parts(settings));
        nodes.add(made);
        return made;
    }

    PaymentParts parts() {
        return parts(PaymentSettings.DEFAULTS);
    }

    private PaymentParts parts(PaymentSettings settings) {
        return new PaymentParts(
                db.database(),
                rooms.billing,
                rooms.wallet,
                dueWork,
                new Trail(rooms.ids),
                new Egress(EgressSettings.DEFAULTS, new SimpleMeterRegistry()),
                rooms.ids,
                db.clock(),
                new SimpleMeterRegistry(),
                "payments-" + nodes.size(),
                settings);
    }

    /** A payment that nobody has told Stripe of. */
    TopUp begun(String usd, boolean saveCard) {
        TopUpWish wish = new TopUpWish(Money.usd(usd), "https://shop.test/thanks", "https://shop.test/back", saveCard);
        return db.writer()
                .write(
                        organization.text(),
                        tx -> payments.begin(
                                tx, organization, wish, Actor.system().about(organization)));
    }

    /** A payment whose page is open. */
    TopUp opened(String usd) {
        return payments.open(begun(usd, false));
    }

    TopUp row(TopUp row) {
        return db.database()
                .read(tx -> payments.find(tx, organization, row.id()))
                .orElseThrow();
    }

    Money available() {
        return rooms.balance().available();
    }

    /** The event, as its bytes. */
    static byte[] event(String type, ObjectNode object) {
        ObjectNode event = Json.object()
                .put("id", "evt_1")
                .put("object", "event")
                .put("type", type)
                .put("livemode", object.path("livemode").asBoolean(false));
        event.putObject("data").set("object", object.deepCopy());
        return Json.bytes(event);
    }

    /** The signature that Stripe's own library makes over the bytes, so many seconds ago. */
    String signature(byte[] body, String secret, long secondsAgo) {
        try {
            long at = db.clock().instant().getEpochSecond() - secondsAgo;
            return Webhook.Signature.generateSignatureHeader(new String(body, StandardCharsets.UTF_8), secret, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stripe tells it, signed as it should be. */
    Outcome tell(String type, ObjectNode object) {
        return tell(type, object, 0);
    }

    /** Stripe tells now what happened so many seconds ago. */
    Outcome tell(String type, ObjectNode object, long secondsAgo) {
        ObjectNode event = (ObjectNode) Json.parse(event(type, object));
        event.put("created", db.clock().instant().getEpochSecond() - secondsAgo);
        byte[] body = Json.bytes(event);
        return payments.desk().take(body, signature(body, SECRET, 0));
    }

    /** A charge or dispute of a payment. */
    ObjectNode about(TopUp row, String amountField, long cents) {
        ObjectNode object = Json.object()
                .put("object", "charge")
                .put("payment_intent", row(row).intent())
                .put(amountField, cents)
                .put("currency", "usd")
                .put("livemode", false);
        object.putObject("metadata").put(Intent.REFERENCE, row.id());
        return object;
    }

    /** Lets what is due be done, until it holds. */
    void until(String what, java.util.function.BooleanSupplier condition) {
        Await.until(what, () -> {
            db.clock().advance(Duration.ofSeconds(2));
            return condition.getAsBoolean();
        });
    }

    long trail(String action) {
        return db.database().read(tx -> tx.count("select count(*) from audit_log where action = ?", action));
    }

    @Override
    public void close() {
        nodes.forEach(Payments::close);
        stripe.close();
        MoneyChecker.atRest(db.database());
        rooms.close();
    }
}
