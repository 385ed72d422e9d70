package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import dev.millrace.access.NewKey;
import dev.millrace.json.Json;
import dev.millrace.payments.ScriptedStripe;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Money that comes in, through the public API of a whole gateway. */
class PaymentsGatewayTest {
    private static final String SECRET = "whsec_ofthetests0123456789";

    @Test
    void a_customer_pays_by_card_and_spends_it_and_the_wallet_fills_itself() {
        try (ScriptedStripe stripe = new ScriptedStripe();
                Gateway gateway = Gateway.start(Map.of(
                        "payments.stripe_key",
                        "sk_test_ofthetests0123456789",
                        "payments.stripe_webhook_secret",
                        SECRET,
                        "payments.stripe_url",
                        stripe.url().toString()))) {
            NewKey key = gateway.customer("1");
            Caller caller = gateway.caller(key);
            ObjectNode wish = Json.object().put("amount_usd", "25").put("save_card", true);
            Caller once = caller.with("Idempotency-Key", "the-first");
            Reply made = once.post("/api/v1/wallet/topups", wish);
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.at("url")).startsWith("https://checkout.stripe.test/");
            assertThat(once.post("/api/v1/wallet/topups", wish).at("id")).isEqualTo(made.at("id"));
            assertThat(stripe.forms).hasSize(1);
            String session = made.at("url").replaceFirst(".*/", "");
            assertThat(tell(gateway, stripe.pay(session), SECRET).status()).isEqualTo(200);
            assertThat(tell(gateway, stripe.pay(session), "whsec_another").status())
                    .isEqualTo(400);
            assertThat(caller.get("/api/v1/wallet").at("available_usd")).isEqualTo("26.00");
            Await.until(
                    "the receipt and the card are kept",
                    () -> caller.get("/api/v1/wallet/auto-topup")
                            .json()
                            .path("card_saved")
                            .asBoolean());
            assertThat(caller.get("/api/v1/wallet/topups/" + made.at("id")).at("receipt_url"))
                    .startsWith("https://pay.stripe.test/");
            Reply set = caller.with("Content-Type", "application/json")
                    .call(
                            "PUT",
                            "/api/v1/wallet/auto-topup",
                            Json.bytes(Json.object()
                                    .put("enabled", true)
                                    .put("threshold_usd", "25.995")
                                    .put("amount_usd", "10")
                                    .put("monthly_ceiling_usd", "50")));
            assertThat(set.status()).as(set.toString()).isEqualTo(200);
            assertThat(caller.post(
                                    "/api/v1/generations",
                                    "{\"model\": \"sandbox/image\", \"prompt\": \"a mill\", \"settings\": {\"size\": \"64x64\"}}")
                            .status())
                    .isLessThan(300);
            Await.until(
                    "it was filled",
                    () -> caller.get("/api/v1/wallet").at("available_usd").equals("35.99"));
            assertThat(stripe.charges()).isEqualTo(1);
            Caller other = gateway.caller(gateway.customer("1"));
            assertThat(other.get("/api/v1/wallet/topups/" + made.at("id")).status())
                    .isEqualTo(404);
            gateway.check();
        }
    }

    @Test
    void complaint_30_without_a_secret_every_callback_is_refused() {
        try (Gateway gateway = Gateway.start()) {
            Caller caller = gateway.caller(gateway.customer("1"));
            Reply refused = caller.post("/api/v1/wallet/topups", Json.object().put("amount_usd", "25"));
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.at("detail")).contains("not configured");
            for (String secret : new String[] {" ", "null", "undefined", SECRET}) {
                Reply reply = tell(gateway, Json.object().put("id", "cs_test_1"), secret);
                assertThat(reply.status()).isEqualTo(404);
            }
        }
    }

    @Test
    void the_operator_bills_a_customer_who_sees_its_own_invoices_alone() {
        try (Gateway gateway = Gateway.start(Map.of("invoices.seller_name", "Millrace Example Ltd."))) {
            Caller operator = gateway.caller(gateway.operator());
            NewKey key = gateway.customer("0.02");
            Caller customer = gateway.caller(key);
            String billing = "/api/v1/organizations/" + key.organization() + "/billing";
            Caller json = operator.with("Content-Type", "application/json");
            byte[] profile = Json.bytes(Json.object()
                    .put("invoicing", true)
                    .put("legal_name", "Acme Ltd.")
                    .put("vat_id", "GB123")
                    .put("tax_rate", "20"));
            assertThat(customer.with("Content-Type", "application/json")
                            .call("PATCH", billing, profile)
                            .status())
                    .isEqualTo(403);
            assertThat(json.call("PATCH", billing, profile).status()).isEqualTo(200);
            gateway.database()
                    .writer()
                    .write(
                            "x",
                            tx -> new dev.millrace.wallet.Wallet()
                                    .setCreditLine(tx, key.organization(), dev.millrace.money.Money.usd("10")));
            for (int i = 0; i < 3; i++) {
                Reply image = customer.post(
                        "/api/v1/generations",
                        "{\"model\": \"sandbox/image\", \"prompt\": \"a mill\", \"settings\": {\"size\": \"64x64\"}}");
                assertThat(image.status()).as(image.toString()).isLessThan(300);
            }
            Reply closed = operator.post(
                    "/api/v1/organizations/" + key.organization() + "/invoices",
                    Json.object().put("now", true));
            assertThat(closed.status()).as(closed.toString()).isEqualTo(201);
            Reply mine = customer.get("/api/v1/invoices");
            assertThat(mine.json().path("data")).hasSize(1);
            String number = mine.json().path("data").path(0).path("number").asString();
            Reply invoice = customer.get("/api/v1/invoices/" + number);
            assertThat(invoice.at("subtotal_usd")).isEqualTo("0.03");
            assertThat(invoice.at("applied_usd")).isEqualTo("0.02");
            assertThat(invoice.at("total_usd")).isEqualTo("0.01");
            assertThat(invoice.json().path("lines").path(0).path("model").asString())
                    .isEqualTo("sandbox/image");
            assertThat(customer.get("/api/v1/invoices/" + number + ".pdf").bytes())
                    .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
            assertThat(customer.get("/api/v1/invoices/" + number + ".csv").text())
                    .contains("sandbox/image");
            ObjectNode payment = Json.object().put("amount_usd", "0.01").put("reference", "wire-1");
            assertThat(customer.post("/api/v1/invoices/" + number + "/payments", payment)
                            .status())
                    .isEqualTo(403);
            assertThat(operator.post("/api/v1/invoices/" + number + "/payments", payment)
                            .at("status"))
                    .isEqualTo("paid");
            Caller other = gateway.caller(gateway.customer("1"));
            assertThat(other.get("/api/v1/invoices/" + number).status()).isEqualTo(404);
            assertThat(other.get("/api/v1/invoices").json().path("data")).isEmpty();
            gateway.check();
        }
    }

    private static Reply tell(Gateway gateway, ObjectNode session, String secret) {
        ObjectNode event = Json.object()
                .put("id", "evt_1")
                .put("type", "checkout.session.completed")
                .put("livemode", false);
        event.putObject("data").set("object", session);
        byte[] body = Json.bytes(event);
        try {
            String signature = Webhook.Signature.generateSignatureHeader(
                    new String(body, StandardCharsets.UTF_8),
                    secret,
                    Instant.now().getEpochSecond());
            return new Caller(gateway.url()).with("Stripe-Signature", signature).post("/payments/stripe", body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
