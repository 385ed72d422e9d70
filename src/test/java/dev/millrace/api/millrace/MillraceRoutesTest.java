package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Models, quotes, generations, jobs and the wallet, as a customer uses them. */
class MillraceRoutesTest {
    private static final String GENERATE = "/api/v1/generations";
    private static final String IMAGE =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a lighthouse\",\"settings\":{\"size\":\"64x64\"}}";
    private static final String JOB =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a lighthouse\",\"settings\":{\"size\":\"64x64\"},\"async\":true}";
    private static final String ENDLESS =
            "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"sandbox\":{\"never_finish\":true}}";
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("50");
        client = gateway.caller(key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void models_are_public_and_say_what_they_take_and_cost() {
        Caller anyone = client.bare();
        Reply all = anyone.get("/api/v1/models");
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.at("object")).isEqualTo("list");
        assertThat(ids(all)).contains("sandbox/text", "sandbox/image", "sandbox/video", "sandbox/music", "suno");
        assertThat(ids(anyone.get("/api/v1/models?type=language"))).containsExactly("sandbox/text");
        assertThat(ids(anyone.get("/api/v1/models?q=kling&limit=200")))
                .contains("kling-2.6")
                .allMatch(id -> id.contains("kling"));
        assertThat(ids(anyone.get("/api/v1/models?limit=2"))).hasSize(2);
        JsonNode text = anyone.get("/api/v1/models/sandbox/text").json();
        assertThat(text.path("object").asString("")).isEqualTo("model");
        assertThat(text.path("pricing").path("prompt").asString("")).isEqualTo("0.00000015");
        assertThat(text.path("pricing").path("completion").asString("")).isEqualTo("0.0000006");
        assertThat(text.path("requirements").path("context_tokens").asLong(0)).isEqualTo(131072);
        JsonNode image = anyone.get("/api/v1/models/sandbox/image").json();
        assertThat(image.path("requirements")
                        .path("input_schema")
                        .path("required")
                        .toString())
                .isEqualTo("[\"prompt\"]");
        assertThat(image.path("provider_capabilities").path("features").size()).isPositive();
        assertThat(anyone.get("/api/v1/models/no/such").status()).isEqualTo(404);
        assertThat(anyone.get("/api/health").status()).isEqualTo(200);
    }

    @Test
    void an_image_is_answered_at_once() {
        Reply reply = client.post(GENERATE, IMAGE);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        JsonNode body = reply.json();
        assertThat(body.path("status").asString("")).isEqualTo("completed");
        assertThat(body.path("progress").asInt(0)).isEqualTo(100);
        assertThat(body.path("charge_usd").asString("")).isEqualTo("0.01");
        String url = body.path("output_urls").path(0).asString("");
        JsonNode output = body.path("outputs").path(0);
        assertThat(output.path("url").asString("")).isEqualTo(url);
        assertThat(output.path("content_type").asString("")).isEqualTo("image/png");
        Reply file = client.bare().get(url);
        assertThat(file.bytes()).hasSize(output.path("bytes").asInt(0));
        assertThat(client.get("/api/v1/jobs/" + reply.at("id")).text()).isEqualTo(reply.text());
    }

    @Test
    void an_image_can_be_a_job_and_video_and_music_always_are() {
        for (String json : List.of(
                JOB,
                "{\"model\":\"sandbox/video\",\"type\":\"video\",\"prompt\":\"a\",\"settings\":{\"duration\":1}}",
                "{\"model\":\"sandbox/music\",\"prompt\":\"a\",\"settings\":{\"duration\":5}}")) {
            Reply accepted = client.post(GENERATE, json);
            assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
            assertThat(accepted.header("Location")).isEqualTo("/api/v1/jobs/" + accepted.at("id"));
            assertThat(accepted.at("status")).isEqualTo("queued");
            assertThat(accepted.json().path("charge_usd").isMissingNode()).isTrue();
            JsonNode ended = ended(accepted);
            assertThat(ended.path("status").asString("")).isEqualTo("completed");
            assertThat(ended.path("output_urls").size()).isPositive();
            assertThat(ended.path("charge_usd")).isEqualTo(ended.path("hold_usd"));
        }
    }

    @Test
    void a_video_has_a_route_of_its_own() {
        Reply accepted = client.post(
                "/api/v1/videos/generations", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1}");
        assertThat(accepted.status()).isEqualTo(202);
        ended(accepted);
        Reply polled = client.get("/api/v1/videos/generations/" + accepted.at("id"));
        assertThat(polled.at("type")).isEqualTo("video");
        assertThat(polled.at("status")).isEqualTo("completed");
        Reply settings = client.post(
                "/api/v1/videos/generations",
                "{\"model\":\"sandbox/video\",\"settings\":{\"prompt\":\"a\",\"duration\":1}}");
        assertThat(settings.status()).isEqualTo(202);
        ended(settings);
    }

    @Test
    void what_failed_is_a_failure_at_once_and_a_state_as_a_job_and_costs_nothing() {
        String before = available();
        String[][] faults = {
            {"{\"fail\":\"upstream_error\"}", "502", "upstream_error", "failed"},
            {"{\"nsfw\":true}", "422", "content_rejected", "nsfw"},
            {"{\"fail\":\"timeout\"}", "504", "upstream_timeout", "failed"},
        };
        for (String[] fault : faults) {
            String settings = "\"settings\":{\"sandbox\":" + fault[0] + "}";
            Reply now = client.post(GENERATE, "{\"model\":\"sandbox/image\",\"prompt\":\"a\"," + settings + "}");
            assertThat(now.status()).as(now.toString()).isEqualTo(Integer.parseInt(fault[1]));
            assertThat(now.at("code")).isEqualTo(fault[2]);
            assertThat(now.at("detail")).endsWith("Nothing was charged.");
            assertThat(client.get("/api/v1/jobs/" + now.at("job_id")).at("status"))
                    .isEqualTo(fault[3]);
            JsonNode later = ended(client.post(
                    GENERATE, "{\"model\":\"sandbox/image\",\"async\":true,\"prompt\":\"a\"," + settings + "}"));
            assertThat(later.path("status").asString("")).isEqualTo(fault[3]);
            assertThat(later.path("charge_usd").asString("")).isIn("", "0.00", "0");
        }
        assertThat(available()).isEqualTo(before);
    }

    @Test
    void a_quote_binds_one_request_of_its_key_to_its_price() {
        Reply quote = client.post("/api/v1/quotes", "{\"model\":\"sandbox/image\",\"settings\":{\"n\":2}}");
        assertThat(quote.status()).isEqualTo(201);
        assertThat(quote.at("max_charge_usd")).isEqualTo("0.02");
        assertThat(quote.json().path("affordable").asBoolean(false)).isTrue();
        assertThat(Instant.parse(quote.at("expires_at"))).isAfter(Instant.now().plus(Duration.ofMinutes(4)));
        String id = quote.at("id");
        Caller sameOrganization = gateway.caller(gateway.anotherKey(key.organization()));
        unusable(sameOrganization.post(GENERATE, quoted("sandbox/image", 2, id)), "other_key");
        unusable(gateway.caller(gateway.customer("1")).post(GENERATE, quoted("sandbox/image", 2, id)), "not_found");
        unusable(client.post(GENERATE, quoted("sandbox/image", 3, id)), "not_covered");
        unusable(
                client.post(GENERATE, "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"quote_id\":\"" + id + "\"}"),
                "other_model");
        Reply used = client.post(GENERATE, quoted("sandbox/image", 2, id));
        assertThat(used.status()).as(used.toString()).isEqualTo(200);
        assertThat(used.at("charge_usd")).isEqualTo("0.02");
        unusable(client.post(GENERATE, quoted("sandbox/image", 2, id)), "used");
        unusable(
                client.post(GENERATE, quoted("sandbox/image", 2, "01890000-0000-7000-8000-000000000000")), "not_found");
        Reply text = client.post(
                "/api/v1/quotes",
                "{\"model\":\"sandbox/text\",\"type\":\"language\",\"inputTokens\":1000000,\"outputTokens\":1000}"
                        .replace("1000000", "100000"));
        assertThat(text.at("max_charge_usd")).isEqualTo("0.0156");
        Caller poor = gateway.caller(gateway.customer("0.01"));
        Reply dear = poor.post("/api/v1/quotes", "{\"model\":\"sandbox/image\",\"settings\":{\"n\":2}}");
        assertThat(dear.status()).isEqualTo(201);
        assertThat(dear.json().path("affordable").asBoolean(true)).isFalse();
        assertThat(dear.json().path("wallet").path("sufficient").asBoolean(true))
                .isFalse();
    }

    private static String quoted(String model, int n, String quote) {
        return "{\"model\":\"" + model + "\",\"prompt\":\"a\",\"settings\":{\"size\":\"64x64\",\"n\":" + n
                + "},\"quote_id\":\"" + quote + "\"}";
    }

    private static void unusable(Reply reply, String reason) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(reply.at("code")).isEqualTo("quote_not_usable");
        assertThat(reply.at("reason")).isIn(reason, "");
    }

    @Test
    void jobs_are_listed_newest_first_page_by_page() {
        NewKey fresh = gateway.customer("5");
        Caller caller = gateway.caller(fresh);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(caller.post(GENERATE, IMAGE).at("id"));
        }
        made.addFirst(ended(
                        caller,
                        caller.post(
                                GENERATE,
                                "{\"model\":\"sandbox/image\",\"async\":true,\"prompt\":\"a\",\"settings\":{\"sandbox\":{\"nsfw\":true}}}"))
                .path("id")
                .asString());
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = caller.get("/api/v1/jobs?limit=4" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            listed.addAll(ids(page));
            cursor = page.at("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(listed).isEqualTo(made);
        assertThat(ids(caller.get("/api/v1/jobs?status=nsfw"))).containsExactly(made.getFirst());
        assertThat(ids(caller.get("/api/v1/jobs?type=video"))).isEmpty();
        assertThat(ids(caller.get("/api/v1/jobs?model=sandbox/image"))).hasSize(6);
        String foreign = caller.get("/api/v1/jobs?limit=1").at("next_cursor");
        assertThat(ids(gateway.caller(gateway.customer("1")).get("/api/v1/jobs?cursor=" + foreign)))
                .as("a cursor of another organization shows nothing of it")
                .isEmpty();
    }

    @Test
    void a_job_is_watched_to_its_end() {
        Reply accepted = client.post(
                GENERATE,
                "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"settings\":{\"duration\":1,\"sandbox\":{\"latency_ms\":600}}}");
        Reply events = client.get("/api/v1/jobs/" + accepted.at("id") + "/events");
        assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
        List<JsonNode> told = data(events);
        assertThat(told.getFirst().path("status").asString("")).isIn("queued", "running");
        assertThat(told.getLast().path("status").asString("")).isEqualTo("completed");
        assertThat(told.getLast().path("output_urls").size()).isEqualTo(1);
        int progress = 0;
        for (JsonNode one : told) {
            assertThat(one.path("progress").asInt(-1)).isBetween(progress, 100);
            progress = one.path("progress").asInt(0);
        }
        assertThat(events.text()).contains("event: state\n");
        Reply again = client.get("/api/v1/jobs/" + accepted.at("id") + "/events");
        assertThat(data(again)).as("an ended job has one event").hasSize(1);
    }

    @Test
    void a_job_is_canceled_while_it_runs_and_deleted_once_it_has_ended() {
        String before = available();
        Reply accepted = client.post("/api/v1/videos/generations", ENDLESS);
        String job = "/api/v1/jobs/" + accepted.at("id");
        Await.until("it runs", () -> client.get(job).at("status").equals("running"));
        Reply early = client.delete(job);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.at("code")).isEqualTo("not_finished");
        Reply canceled = client.post(job + "/cancel", "");
        assertThat(canceled.status()).isEqualTo(200);
        assertThat(canceled.at("status")).isEqualTo("canceled");
        assertThat(available()).isEqualTo(before);
        Reply late = client.post(job + "/cancel", "");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("code")).isEqualTo("not_cancelable");
        Reply image = client.post(GENERATE, IMAGE);
        String done = "/api/v1/jobs/" + image.at("id");
        Reply deleted = client.delete(done);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("deleted_at")).isNotEmpty();
        assertThat(deleted.json().path("outputs").isMissingNode()).isTrue();
        assertThat(client.delete(done).text()).isEqualTo(deleted.text());
        assertThat(client.get(done).text()).isEqualTo(deleted.text());
        assertThat(client.get(image.json().path("output_urls").path(0).asString())
                        .status())
                .isEqualTo(410);
    }

    @Test
    void a_thousand_at_once_under_one_key_are_one_job_and_one_hold() {
        NewKey fresh = gateway.customer("5");
        Caller once = gateway.caller(fresh).with("Idempotency-Key", "a thousand");
        Set<String> ids = ConcurrentHashMap.newKeySet();
        AtomicInteger created = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.submit(() -> {
                    Reply reply = once.post(GENERATE, JOB);
                    ids.add(reply.status() == 202 ? reply.at("id") : reply.toString());
                    created.addAndGet(reply.header("Idempotency-Replayed").isEmpty() ? 1 : 0);
                });
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(created).hasValue(1);
        assertThat(gateway.caller(fresh).get("/api/v1/jobs").json().path("data").size())
                .isEqualTo(1);
        JsonNode ended = ended(gateway.caller(fresh), once.post(GENERATE, JOB));
        assertThat(ended.path("status").asString("")).isEqualTo("completed");
        assertThat(gateway.caller(fresh).get("/api/v1/wallet").at("available_usd"))
                .isEqualTo("4.99");
        Reply holds = gateway.caller(fresh).get("/api/v1/wallet/transfers");
        assertThat(holds.text().split("\"kind\":\"hold\"", -1)).hasSize(2);
    }

    @Test
    void an_idempotency_key_is_for_one_body_of_one_route() {
        Caller once = client.with("Idempotency-Key", "one body");
        Reply first = once.post(GENERATE, IMAGE);
        Reply again = once.post(GENERATE, " " + IMAGE);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        Reply other = once.post(GENERATE, IMAGE.replace("lighthouse", "barn"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.at("code")).isEqualTo("idempotency_mismatch");
        Reply route = once.post(
                "/api/v1/videos/generations", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1}");
        assertThat(route.status()).as("another route has keys of its own").isEqualTo(202);
        ended(route);
        Caller text = client.with("Idempotency-Key", "an answer");
        String ask = "{\"model\":\"sandbox/text\",\"prompt\":\"hi\"}";
        Reply answer = text.post(GENERATE, ask);
        assertThat(answer.status()).isEqualTo(200);
        String before = available();
        Reply repeat = text.post(GENERATE, ask);
        assertThat(repeat.status()).isEqualTo(409);
        assertThat(repeat.at("code")).isEqualTo("already_answered");
        assertThat(repeat.at("answered_request_id")).isEqualTo(answer.at("id").substring("gen-".length()));
        assertThat(available()).isEqualTo(before);
        Caller failing = client.with("Idempotency-Key", "a failure");
        String fault =
                "{\"model\":\"sandbox/text\",\"prompt\":\"hi\",\"settings\":{\"sandbox\":{\"fail\":\"upstream_error\"}}}";
        assertThat(failing.post(GENERATE, fault).status()).isEqualTo(502);
        assertThat(failing.post(GENERATE, fault).status())
                .as("what had no effect may be sent again")
                .isEqualTo(502);
    }

    @Test
    void a_quote_under_an_idempotency_key_is_made_once() {
        Caller once = client.with("Idempotency-Key", "a quote");
        String ask = "{\"model\":\"sandbox/image\"}";
        Reply quote = once.post("/api/v1/quotes", ask);
        assertThat(quote.status()).isEqualTo(201);
        assertThat(quote.header("Idempotency-Replayed")).isEmpty();
        Reply again = once.post("/api/v1/quotes", ask);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.at("id")).isEqualTo(quote.at("id"));
        assertThat(again.at("expires_at")).isEqualTo(quote.at("expires_at"));
        assertThat(once.post("/api/v1/quotes", "{\"model\":\"sandbox/video\"}").status())
                .isEqualTo(422);
    }

    @Test
    void wallet_transfers_and_usage_add_up_to_the_cent() {
        NewKey fresh = gateway.customer("5");
        Caller caller = gateway.caller(fresh);
        caller.post(GENERATE, IMAGE);
        caller.post(GENERATE, "{\"model\":\"sandbox/text\",\"prompt\":\"hello there\"}");
        caller.post(
                GENERATE,
                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{\"sandbox\":{\"fail\":\"upstream_error\"}}}");
        ended(
                caller,
                caller.post(GENERATE, "{\"model\":\"sandbox/music\",\"prompt\":\"a\",\"settings\":{\"duration\":5}}"));
        BigDecimal charged = BigDecimal.ZERO;
        List<JsonNode> rows = new ArrayList<>();
        caller.get("/api/v1/usage").json().path("data").forEach(rows::add);
        assertThat(rows)
                .extracting(row -> row.path("status").asString(""))
                .containsExactly("completed", "failed", "completed", "completed");
        for (JsonNode row : rows) {
            charged = charged.add(new BigDecimal(row.path("charge_usd").asString()));
            assertThat(row.path("key_id").asString("")).isEqualTo(fresh.id().text());
            assertThat(row.path("dialect").asString("")).isEqualTo("millrace");
        }
        Reply wallet = caller.get("/api/v1/wallet");
        assertThat(wallet.at("held_usd")).isEqualTo("0.00");
        assertThat(wallet.at("environment")).isEqualTo("test");
        assertThat(new BigDecimal(wallet.at("available_usd")))
                .isEqualByComparingTo(new BigDecimal("5").subtract(charged));
        BigDecimal moved = BigDecimal.ZERO;
        String mine = "org:" + fresh.organization().text() + ":available";
        String cursor = "";
        int pages = 0;
        do {
            Reply page = caller.get("/api/v1/wallet/transfers?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode transfer : page.json().path("data")) {
                BigDecimal amount = new BigDecimal(transfer.path("amount_usd").asString());
                moved = transfer.path("to").asString("").equals(mine) ? moved.add(amount) : moved;
                moved = transfer.path("from").asString("").equals(mine) ? moved.subtract(amount) : moved;
            }
            cursor = page.at("next_cursor");
            pages++;
        } while (!cursor.isEmpty());
        assertThat(pages).isGreaterThan(1);
        assertThat(moved).isEqualByComparingTo(wallet.at("available_usd"));
        for (String group : List.of("day", "hour", "model", "key", "member", "provider")) {
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode total :
                    caller.get("/api/v1/usage?group_by=" + group).json().path("data")) {
                sum = sum.add(new BigDecimal(total.path("charge_usd").asString()));
            }
            assertThat(sum).as(group).isEqualByComparingTo(charged);
        }
        assertThat(caller.get("/api/v1/usage?status=completed&model=sandbox/image")
                        .json()
                        .path("data")
                        .size())
                .isEqualTo(1);
        assertThat(caller.get("/api/v1/usage?from=2020-01-01&to=2020-01-31")
                        .json()
                        .path("data")
                        .size())
                .isZero();
    }

    @Test
    void an_organization_is_made_with_the_operators_key_alone() {
        Caller operator = gateway.caller(gateway.operator());
        Reply refused = client.post("/api/v1/organizations", "{\"name\":\"Mine\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("code")).isEqualTo("forbidden");
        Caller once = operator.with("Idempotency-Key", "an organization");
        Reply made = once.post("/api/v1/organizations", "{\"name\":\"Yours\",\"wallet_usd\":\"2.50\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("key")).isEqualTo("mr_" + made.at("key_id") + "_" + made.at("key_secret"));
        Reply again = once.post("/api/v1/organizations", "{\"name\":\"Yours\",\"wallet_usd\":\"2.50\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("organization")).isEqualTo(made.at("organization"));
        assertThat(again.text()).doesNotContain(made.at("key_secret"));
        Caller theirs = client.bare().with("Authorization", "Bearer " + made.at("key"));
        assertThat(theirs.get("/api/v1/wallet").at("available_usd")).isEqualTo("2.50");
        assertThat(theirs.post(GENERATE, IMAGE).status()).isEqualTo(200);
        Reply poor = operator.post("/api/v1/organizations", "{\"name\":\"Nothing\"}");
        assertThat(client.bare()
                        .with("Authorization", "Bearer " + poor.at("key"))
                        .get("/api/v1/wallet")
                        .at("total_usd"))
                .isEqualTo("0.00");
    }

    private static JsonNode ended(Reply accepted) {
        return ended(client, accepted);
    }

    private static JsonNode ended(Caller caller, Reply accepted) {
        Reply[] last = new Reply[1];
        Await.until("the job ends: " + accepted, () -> {
            last[0] = caller.get("/api/v1/jobs/" + accepted.at("id"));
            return Set.of("completed", "failed", "nsfw", "canceled").contains(last[0].at("status"));
        });
        return last[0].json();
    }

    private static List<JsonNode> data(Reply events) {
        return new String(events.bytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> dev.millrace.json.Json.readOwn(line.substring(6)))
                .toList();
    }

    private static String available() {
        return client.get("/api/v1/wallet").at("available_usd");
    }

    private static List<String> ids(Reply list) {
        return list.json()
                .path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }
}
