package dev.millrace.api.millrace.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Caps, statements, grants, credit lines, refunds and codes through the API. */
class MoneyRoutesTest {
    private static final String IMAGE =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{\"size\":\"64x64\"}}";
    private static Gateway gateway;
    private static Caller operator;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        operator = gateway.caller(gateway.operator());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_cap_is_set_shown_reached_and_removed() {
        NewKey key = gateway.customer("10");
        Caller client = gateway.caller(key);
        String path = "/api/v1/caps/key:" + key.id() + "/day";
        Reply set = put(client, path, "{\"limit_usd\":\"0.000000001\"}");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.at("subject")).isEqualTo("key:" + key.id());
        assertThat(set.at("left_usd")).isEqualTo("0.000000001");
        Reply refused = client.post("/api/v1/generations", IMAGE);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(client.get("/api/v1/caps").json().path("data").size()).isEqualTo(1);
        assertThat(client.post("/api/v1/quotes", IMAGE)
                        .json()
                        .path("affordable")
                        .booleanValue())
                .isFalse();
        assertThat(put(client, "/api/v1/caps/key:nosuchnosuch/day", "{\"limit_usd\":\"1\"}")
                        .status())
                .isEqualTo(404);
        assertThat(put(client, "/api/v1/caps/wallet/day", "{\"limit_usd\":\"1\"}")
                        .status())
                .isEqualTo(400);
        assertThat(put(client, "/api/v1/caps/organization/year", "{\"limit_usd\":\"1\"}")
                        .status())
                .isEqualTo(400);
        assertThat(put(client, "/api/v1/caps/organization/day", "{\"limit_usd\":\"-1\"}")
                        .status())
                .isEqualTo(400);
        assertThat(client.delete(path).json().path("removed").booleanValue()).isTrue();
        assertThat(client.delete(path).json().path("removed").booleanValue()).isFalse();
        assertThat(client.post("/api/v1/generations", IMAGE).status()).isEqualTo(200);
        assertThat(audited("cap.set")).isPositive();
    }

    @Test
    void a_statement_adds_up_to_the_nano_in_json_and_csv() {
        NewKey key = gateway.customer("10");
        Caller client = gateway.caller(key);
        String organization = "/api/v1/organizations/" + key.organization();
        Reply booked = operator.post(
                organization + "/topups",
                "{\"amount_usd\":\"5.000000001\",\"cause\":\"t-" + key.id()
                        + "\",\"reason\":\"paid, by \\\"wire\\\"\",\"reference\":\"=R1\"}");
        assertThat(booked.status()).isEqualTo(201);
        operator.post(organization + "/grants", "{\"amount_usd\":\"2\",\"expires_at\":\"2034-01-01T00:00:00Z\"}");
        put(operator, organization + "/credit", "{\"line_usd\":\"7\"}");
        String job = client.post("/api/v1/generations", IMAGE).at("id");
        Reply refunded = operator.post(
                "/api/v1/refunds",
                "{\"charge\":\"job:" + job + "\",\"amount_usd\":\"0.000000003\",\"reason\":\"late\"}");
        assertThat(refunded.status()).isEqualTo(201);
        assertThat(refunded.json().path("number").intValue()).isEqualTo(1);
        assertThat(operator.post(
                                "/api/v1/refunds",
                                "{\"charge\":\"job:" + job + "\",\"amount_usd\":\"9\",\"reason\":\"too dear\"}")
                        .text())
                .contains("amount_usd: more than what is left");
        put(operator, organization + "/credit", "{\"line_usd\":\"1\"}");
        JsonNode statement = client.get("/api/v1/wallet/statement").json();
        for (String part : List.of("available_usd", "held_usd")) {
            Money sum = usd(statement.path("opening"), part);
            Money lines = sum;
            for (JsonNode movement : statement.path("movements")) {
                sum = sum.plus(usd(movement, part));
            }
            for (JsonNode line : statement.path("lines")) {
                lines = lines.plus(usd(line, part));
            }
            assertThat(sum).isEqualTo(usd(statement.path("closing"), part));
            assertThat(lines).isEqualTo(sum);
        }
        assertThat(statement.path("closing").path("available_usd").asString())
                .isEqualTo(client.get("/api/v1/wallet").at("available_usd"));
        Reply csv = client.get("/api/v1/wallet/statement?format=csv");
        assertThat(csv.header("content-type")).startsWith("text/csv");
        List<String> rows = csv.text().lines().toList();
        assertThat(rows).hasSize(statement.path("lines").size() + 3);
        assertThat(csv.text())
                .contains("\"paid, by \"\"wire\"\"\",\"'=R1\"", "grant,", "credit,", "reduce,", "refund,");
        String[] last = rows.get(rows.size() - 2).split(",", -1);
        String[] closing = rows.getLast().split(",", -1);
        assertThat(List.of(last[5], last[6])).isEqualTo(List.of(closing[5], closing[6]));
        Reply before = client.get("/api/v1/wallet/statement?from=2020-01-01&to=2020-01-31");
        assertThat(before.json().path("closing").path("available_usd").asString())
                .isEqualTo("0.00");
        assertThat(client.get("/api/v1/wallet/statement?from=2020-02-01&to=2020-01-31")
                        .status())
                .isEqualTo(400);
        assertThat(client.get("/api/v1/wallet/statement?from=yesterday").status())
                .isEqualTo(400);
        assertThat(client.get("/api/v1/wallet/statement?format=pdf").status()).isEqualTo(400);
        gateway.check();
    }

    @Test
    void what_the_operator_books_is_booked_once_and_nobody_else_may() {
        NewKey key = gateway.customer("0");
        Caller client = gateway.caller(key);
        String organization = "/api/v1/organizations/" + key.organization();
        String topUp = "{\"amount_usd\":\"5\",\"cause\":\"inv-" + key.id() + "\"}";
        assertThat(operator.post(organization + "/topups", topUp).status()).isEqualTo(201);
        assertThat(operator.post(organization + "/topups", topUp)
                        .json()
                        .path("booked")
                        .booleanValue())
                .isFalse();
        assertThat(operator.post(organization + "/topups", topUp.replace("\"5\"", "\"6\""))
                        .status())
                .isEqualTo(422);
        assertThat(client.get("/api/v1/wallet").at("available_usd")).isEqualTo("5.00");
        for (String path : List.of("/topups", "/grants")) {
            assertThat(client.post(organization + path, topUp).status()).isEqualTo(403);
        }
        assertThat(put(client, organization + "/credit", "{\"line_usd\":\"9\"}").status())
                .isEqualTo(403);
        assertThat(client.post("/api/v1/refunds", "{}").status()).isEqualTo(403);
        assertThat(client.post("/api/v1/codes", "{}").status()).isEqualTo(403);
        assertThat(operator.post(
                                "/api/v1/refunds", "{\"charge\":\"job:none\",\"amount_usd\":\"1\",\"reason\":\"none\"}")
                        .status())
                .isEqualTo(404);
        String nowhere = "/api/v1/organizations/01890000-0000-7000-8000-000000000000";
        assertThat(operator.post(nowhere + "/topups", topUp).status()).isEqualTo(404);
        assertThat(operator.post(
                                organization + "/grants",
                                "{\"amount_usd\":\"1\",\"expires_at\":\"2001-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void beyond_the_credit_line_is_402_and_what_is_owed_is_told() {
        NewKey key = gateway.customer("0");
        Caller client = gateway.caller(key);
        String credit = "/api/v1/organizations/" + key.organization() + "/credit";
        assertThat(client.post("/api/v1/generations", IMAGE).status()).isEqualTo(402);
        assertThat(put(operator, credit, "{\"line_usd\":\"3\",\"reason\":\"contract\"}")
                        .status())
                .isEqualTo(200);
        assertThat(lines("credit.line", "organization:" + key.organization())).isEqualTo(1);
        String job = client.post("/api/v1/generations", IMAGE).at("id");
        Money charged = Money.usd(client.get("/api/v1/jobs/" + job).at("charge_usd"));
        JsonNode line = client.get("/api/v1/wallet/credit").json();
        assertThat(usd(line, "owed_usd")).isEqualTo(charged);
        assertThat(usd(line, "left_usd")).isEqualTo(Money.usd("3").minus(charged));
        Reply tooLow = put(operator, credit, "{\"line_usd\":\"0\"}");
        assertThat(tooLow.status()).isEqualTo(400);
        assertThat(tooLow.text()).contains("is owed or held");
        assertThat(put(operator, credit, "{\"line_usd\":\"" + charged.toUsd() + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/api/v1/generations", IMAGE).status()).isEqualTo(402);
        gateway.check();
    }

    @Test
    void a_code_is_redeemed_once_by_each_and_so_often_in_all_and_guesses_are_counted() {
        Reply made = operator.post(
                "/api/v1/codes",
                "{\"amount_usd\":\"4\",\"uses\":2,\"redeem_until\":\"2090-01-01T00:00:00Z\",\"lasts_days\":30}");
        assertThat(made.status()).isEqualTo(201);
        String code = made.at("code");
        assertThat(code).matches("mc-([a-z0-9]{7}-){3}[a-z0-9]{7}");
        assertThat(operator.get("/api/v1/codes").text()).doesNotContain(code);
        List<Caller> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(gateway.caller(gateway.customer("0")));
        }
        String body =
                "{\"code\":\"" + code.toUpperCase(Locale.ROOT).replace("-", " ").replaceFirst("MC ", "mc-") + "\"}";
        assertThat(clients.get(0).post("/api/v1/wallet/codes", body).status()).isEqualTo(201);
        assertThat(clients.get(0).post("/api/v1/wallet/codes", body).status()).isEqualTo(400);
        assertThat(clients.get(1).post("/api/v1/wallet/codes", body).status()).isEqualTo(201);
        Reply usedUp = clients.get(2).post("/api/v1/wallet/codes", body);
        assertThat(usedUp.status()).isEqualTo(404);
        assertThat(clients.get(0).get("/api/v1/wallet").at("available_usd")).isEqualTo("4.00");
        assertThat(clients.get(0)
                        .get("/api/v1/wallet/grants")
                        .json()
                        .path("data")
                        .size())
                .isEqualTo(1);
        assertThat(clients.get(2).get("/api/v1/wallet").at("available_usd")).isEqualTo("0.00");
        int tries = 1;
        Reply guess = usedUp;
        while (guess.status() != 429) {
            guess = clients.get(2).post("/api/v1/wallet/codes", "{\"code\":\"mc-guess\"}");
            assertThat(tries++).isLessThan(12);
        }
        assertThat(guess.header("Retry-After")).isNotEmpty();
        assertThat(operator.delete("/api/v1/codes/" + made.at("id"))
                        .json()
                        .path("removed")
                        .booleanValue())
                .isTrue();
        gateway.check();
    }

    /** P8: what was paid in comes out as use alone. */
    @Test
    void no_route_pays_out() {
        JsonNode paths =
                Json.readOwn(operator.get("/api/v1/openapi.json").text()).path("paths");
        assertThat(paths.size()).isGreaterThan(30);
        for (String path : paths.propertyNames()) {
            assertThat(path).doesNotContainIgnoringCase("payout").doesNotContainIgnoringCase("withdraw");
        }
        gateway.database()
                .<List<String>>read(tx -> tx.list(
                        "select distinct kind || ' ' || credit as moved from transfers where debit like 'org:%:available'"
                                + " and credit not like 'org:%'",
                        row -> row.text("moved")))
                .forEach(moved -> assertThat(moved)
                        .as("money leaves a wallet only back to where no customer is")
                        .isIn("expire platform:promotion", "reduce platform:credit"));
    }

    private static Reply put(Caller caller, String path, String json) {
        return caller.with("Content-Type", "application/json").call("PUT", path, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Money usd(JsonNode object, String name) {
        return Money.usd(object.path(name).asString());
    }

    private static long lines(String action, String subject) {
        return gateway.database()
                .read(tx ->
                        tx.count("select count(*) from audit_log where action = ? and subject = ?", action, subject));
    }

    private static long audited(String action) {
        return gateway.database().read(tx -> tx.count("select count(*) from audit_log where action = ?", action));
    }
}
