package dev.millrace.api.millrace.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Markups and minimums as an operator sets them, and as their customers are shown, quoted, charged and told of them. */
class CustomerPricesRoutesTest {
    private static final String IMAGE =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{\"size\":\"64x64\"%s}}";
    private static final String CHAT =
            "{\"model\":\"sandbox/text\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

    private static Gateway gateway;

    private final NewKey key = gateway.customer("5");
    private final Caller customer = gateway.caller(key);
    private final Caller other = gateway.caller(gateway.customer("5"));
    private final Caller operator = gateway.caller(gateway.operator());
    private final String whom = "organization:" + key.organization();

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.check();
        gateway.close();
    }

    @AfterEach
    void clean() {
        operator.get("/api/v1/prices/terms")
                .json()
                .path("data")
                .forEach(term -> assertThat(operator.delete(
                                        "/api/v1/prices/" + term.path("kind").asString() + "?for="
                                                + term.path("subject").asString() + "&of="
                                                + term.path("of").asString(""))
                                .text())
                        .contains("true"));
    }

    @Test
    void every_place_that_shows_a_price_shows_that_of_whoever_asks() {
        BigDecimal listed = price(customer.bare());
        set("markup", whom, "modality:image", "factor", "1.5");
        set("minimum", whom, null, "usd", "0.5");
        assertThat(price(customer)).isEqualByComparingTo(listed.multiply(new BigDecimal("1.5")));
        assertThat(price(customer.bare())).isEqualByComparingTo(listed);
        assertThat(price(customer.bare().with("Authorization", "Bearer nonsense")))
                .isEqualByComparingTo(listed);
        assertThat(price(other)).isEqualByComparingTo(listed);
        for (String path : new String[] {
            "/api/v1/prices?q=sandbox", "/api/v1/models?q=sandbox", "/api/v1/models?q=sandbox&offset=0",
            "/api/v1/models/user?q=sandbox", "/api/v1/model/sandbox/image", "/api/v1/models/sandbox/image/endpoints"
        }) {
            assertThat(customer.get(path).text()).as(path).contains("-x1.5-min0.50");
            assertThat(other.get(path).text()).as(path).doesNotContain("-x1.5");
        }
        String asApiframe =
                customer.bare().with("X-API-Key", key.full()).get("/v2/models").text();
        assertThat(asApiframe).isNotEqualTo(customer.bare().get("/v2/models").text());
        assertThat(operator.get("/api/v1/organizations/" + key.organization() + "/prices?model=sandbox/image")
                        .text())
                .contains("-x1.5-min0.50")
                .contains("\"minimum_usd\":\"0.50\"");
    }

    @Test
    void a_quote_an_estimate_and_the_charge_agree_and_explain_adds_up() {
        set("markup", whom, null, "factor", "1.25");
        BigDecimal quoted = new BigDecimal(customer.post("/api/v1/quotes", IMAGE.formatted(""))
                .json()
                .path("max_charge_usd")
                .asString(""));
        Reply made = customer.post("/api/v1/generations", IMAGE.formatted(""));
        JsonNode told =
                customer.get("/api/v1/usage/" + made.at("id") + "/explain").json();
        assertThat(new BigDecimal(told.path("charged_usd").asString())).isEqualByComparingTo(quoted);
        assertThat(lines(told)).isEqualByComparingTo(told.path("charged_usd").asString());
        assertThat(line(told, "markup").path("factor").asString("")).isEqualTo("1.25");
        JsonNode served = told.path("attempts").path(0);
        assertThat(served.path("served").asBoolean()).isTrue();
        assertThat(served.path("provider").asString("")).isEqualTo("sandbox");
        assertThat(served.path("deployment").asString("")).isNotEmpty();
        assertThat(served.path("latency_ms").isNumber()).isTrue();
        assertThat(served.path("paid_by").asString("")).isEqualTo("customer");
        assertThat(told.path("movements")
                        .valueStream()
                        .map(one -> one.path("type").asString("")))
                .startsWith("hold", "charge");
        Reply refunded = operator.post(
                "/api/v1/refunds",
                "{\"charge\":\"job:" + made.at("id") + "\",\"amount_usd\":\"0.001\",\"reason\":\"kind\"}");
        assertThat(refunded.status()).as(refunded.toString()).isLessThan(300);
        assertThat(customer.get("/api/v1/usage/" + made.at("id") + "/explain").text())
                .contains("\"type\":\"refund\"")
                .contains("\"refunded_usd\":\"0.001\"");
    }

    @Test
    void a_live_answer_costs_the_minimum_and_a_failure_nothing() {
        set("minimum", whom, "model:sandbox/text", "usd", "0.25");
        Reply live = customer.post("/v1/chat/completions", CHAT);
        assertThat(live.status()).as(live.toString()).isEqualTo(200);
        String id = customer.get("/api/v1/usage")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asString("");
        JsonNode told = customer.get("/api/v1/usage/" + id + "/explain").json();
        assertThat(told.path("charged_usd").asString("")).isEqualTo("0.25");
        assertThat(line(told, "minimum").path("price_usd").asString("")).isEqualTo("0.25");
        assertThat(lines(told)).isEqualByComparingTo("0.25");
        Reply failed = customer.post(
                "/api/v1/generations", IMAGE.formatted(",\"sandbox\":{\"fail\":\"upstream_error\",\"fail_times\":9}"));
        JsonNode why = customer.get("/api/v1/usage/" + failed.at("job_id") + "/explain")
                .json();
        assertThat(why.path("charged_usd").asString("")).isEqualTo("0.00");
        assertThat(why.path("movements")
                        .valueStream()
                        .map(one -> one.path("type").asString("")))
                .containsExactly("hold", "release");
        assertThat(why.path("attempts")
                        .valueStream()
                        .map(one -> one.path("served").asBoolean()))
                .isNotEmpty()
                .containsOnly(false);
    }

    @Test
    void a_binding_quote_keeps_its_price_over_a_change_of_the_markup() {
        Reply quote = customer.post("/api/v1/quotes", IMAGE.formatted(""));
        set("markup", whom, null, "factor", "3");
        String body = IMAGE.formatted("").replaceFirst("\\{", "{\"quote_id\":\"" + quote.at("id") + "\",");
        Reply made = customer.post("/api/v1/generations", body);
        assertThat(made.status()).as(made.toString()).isBetween(200, 299);
        JsonNode told =
                customer.get("/api/v1/usage/" + made.at("id") + "/explain").json();
        assertThat(told.path("charged_usd")).isEqualTo(quote.json().path("max_charge_usd"));
    }

    @Test
    void a_past_time_is_priced_anew_by_its_own_organization_and_by_the_operator() {
        Reply made = customer.post("/api/v1/generations", IMAGE.formatted(""));
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String body = "{\"from\":\"2026-01-01\",\"to\":\"%s\",\"markup\":\"2\"%s}";
        BigDecimal charged = new BigDecimal(customer.get("/api/v1/usage/" + made.at("id") + "/explain")
                .json()
                .path("charged_usd")
                .asString());
        String span =
                body.replace("2026-01-01", LocalDate.parse(today).minusDays(30).toString());
        JsonNode own = customer.post("/api/v1/prices/rerate", span.formatted(today, ""))
                .json();
        assertThat(new BigDecimal(own.path("total").path("now_usd").asString("")))
                .isEqualByComparingTo(charged.multiply(BigDecimal.TWO));
        assertThat(own.path("unrated_requests").asLong()).isZero();
        String named = ",\"organization\":\"" + key.organization() + "\",\"format\":\"csv\"";
        assertThat(operator.post("/api/v1/prices/rerate", span.formatted(today, named))
                        .text())
                .startsWith("kind,name,requests,then_usd,now_usd,difference_usd,reason")
                .contains("model,sandbox/image,1,");
        assertThat(other.post("/api/v1/prices/rerate", span.formatted(today, named))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void what_is_wrong_is_named_and_what_is_changed_stands_in_the_audit_log() {
        assertThat(put("markup", "{\"for\":\"default\",\"factor\":\"1,5\"}").text())
                .contains("\"factor\"");
        assertThat(put("markup", "{\"for\":\"acme\",\"factor\":\"1.5\"}").text())
                .contains("\"for\"");
        assertThat(put("minimum", "{\"for\":\"default\",\"usd\":\"1\",\"of\":\"model:no/such\"}")
                        .status())
                .isEqualTo(400);
        assertThat(put("minimum", "{\"for\":\"organization:01890000-0000-7000-8000-000000000000\",\"usd\":\"1\"}")
                        .status())
                .isEqualTo(404);
        set("markup", whom, null, "factor", "0.8");
        assertThat(operator.delete("/api/v1/prices/markup?for=" + whom).text()).contains("true");
        assertThat(operator.delete("/api/v1/prices/markup?for=" + whom).text()).contains("false");
        assertThat(customer.get("/api/v1/audit-log").text())
                .contains("price.markup\"")
                .contains("price.markup.remove\"");
        assertThat(customer.get("/api/v1/prices/versions?model=sandbox/image").text())
                .contains("\"first_seen\"");
    }

    private void set(String kind, String subject, String of, String field, String value) {
        var body = Json.object().put("for", subject).put(field, value);
        Reply reply = put(kind, (of == null ? body : body.put("of", of)).toString());
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    private Reply put(String kind, String body) {
        return operator.with("Content-Type", "application/json")
                .call("PUT", "/api/v1/prices/" + kind, body.getBytes(StandardCharsets.UTF_8));
    }

    private static BigDecimal price(Caller caller) {
        return new BigDecimal(caller.get("/api/v1/models/sandbox/image")
                .json()
                .path("pricing")
                .path("image")
                .asString(""));
    }

    private static JsonNode line(JsonNode told, String kind) {
        return told.path("lines")
                .valueStream()
                .filter(line -> line.path("kind").asString("").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal lines(JsonNode told) {
        return told.path("lines")
                .valueStream()
                .map(line -> new BigDecimal(line.path("amount_usd").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
