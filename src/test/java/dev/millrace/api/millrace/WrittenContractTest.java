package dev.millrace.api.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every operation of the document, with every status that it names, answers in the form that it states. */
class WrittenContractTest {
    private static final String ABSENT = "01890000-0000-7000-8000-000000000000";
    private static final String GENERATE = "/api/v1/generations";
    private static final String IMAGE =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\",\"async\":true}";
    private static final String VIDEO = "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1}";
    private static final String CHAT =
            "{\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String CLOSED = """
            models:
              - id: test/blocked
                title: Blocked
                description: Takes no requests for now.
                owned_by: test
                modality: %s
                operations: [test]
                status: blocked
                input: { type: object, properties: { prompt: { type: string }, max_tokens: { type: integer, maximum: 100, default: 10 } } }
                %s
                prices: { source: Test, date: 2026-11-01, rules: [ { unit: %s, usd: "0.01" } ] }
                timeout: 5m
                retention: 7d
            """;

    /** Paths whose operations another test shows with every answer. */
    private static final Set<String> ELSEWHERE = Set.of(
            "/api/v1/signup",
            "/api/v1/sessions",
            "/api/v1/me",
            "/api/v1/members",
            "/api/v1/organizations",
            "/api/v1/invitations",
            "/api/v1/password-links",
            "/api/v1/password-resets",
            "/api/v1/password-requests",
            "/api/v1/email-verifications",
            "/api/v1/audit-log",
            "/api/v1/wallet/topups",
            "/api/v1/wallet/auto-topup",
            "/api/v1/invoices",
            "/api/v1/caps",
            "/api/v1/wallet/statement",
            "/api/v1/wallet/grants",
            "/api/v1/wallet/credit",
            "/api/v1/wallet/codes",
            "/api/v1/refunds",
            "/api/v1/codes",
            "/api/v1/keys",
            "/api/v1/people",
            "/api/v1/erasures",
            "/api/v1/find",
            "/api/v1/contacts",
            "/api/v1/limits",
            "/api/v1/plans",
            "/api/v1/audit",
            "/api/v1/reconciliations",
            "/api/v1/prices/terms",
            "/api/v1/prices/markup",
            "/api/v1/prices/minimum",
            "/api/v1/prices/versions",
            "/api/v1/prices/rerate",
            "/api/v1/oidc");

    private Gateway gateway;
    private WrittenContract contract;
    private Caller client;
    private Caller operator;
    private Caller nobody;
    private String image;
    private String video;
    private String file;
    private String running;
    private byte[] png = new byte[0];

    private record Case(String operation, int status, Supplier<Reply> call) {}

    @Test
    void every_operation_answers_every_status_as_it_is_written(@TempDir Path catalog) throws IOException {
        Files.writeString(
                catalog.resolve("video.yaml"),
                CLOSED.formatted("video", "units: { video_second: { constant: 5 } }", "video_second"));
        Files.writeString(
                catalog.resolve("text.yaml"),
                CLOSED.replace("test/blocked", "test/quiet")
                        .formatted("language", "limits: { context_tokens: 1000 }", "input_token"));
        try (Gateway running = Gateway.start(Map.of(
                "catalog.directory", catalog.toString(),
                "limits.requests_per_minute", "400",
                "assets.max_upload_bytes", "100000",
                "server.max_body_bytes", "100000"))) {
            gateway = running;
            prepare();
            for (Case one : cases()) {
                Reply reply = contract.check(one.operation(), one.call().get());
                assertThat(reply.status()).as(one.operation() + ": " + reply).isEqualTo(one.status());
            }
            withoutKey();
            withBadBodies();
            tooOften();
            Set<String> unseen = contract.unseen();
            // The job of an idempotency key is kept for months.
            unseen.removeAll(Set.of("generate 410", "createVideo 410", "submitVideo 410"));
            unseen.removeIf(answer -> elsewhere(answer.split(" ", 2)[0]));
            assertThat(unseen).as("documented answers that no case shows").isEmpty();
            Await.until("everything has ended", () -> gateway.openHolds() == 0);
            gateway.check();
        }
    }

    private void prepare() {
        NewKey key = gateway.customer("50");
        client = gateway.caller(key);
        operator = gateway.caller(gateway.operator());
        nobody = client.bare();
        contract = new WrittenContract(nobody);
        image = ended(client.post(GENERATE, IMAGE));
        video = ended(client.post("/api/v1/videos", VIDEO));
        file = upload().at("id");
        running = client.post(
                        "/api/v1/videos",
                        "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"sandbox\":{\"never_finish\":true}}")
                .at("id");
    }

    private Reply upload() {
        png = client.get(client.get("/api/v1/jobs/" + image)
                        .json()
                        .path("output_urls")
                        .path(0)
                        .asString())
                .bytes();
        return client.call("POST", "/api/v1/storage?name=a.png", png);
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        discovery(cases);
        making(cases);
        language(cases);
        storage(cases);
        jobs(cases);
        videos(cases);
        account(cases);
        repeats(cases);
        return cases;
    }

    private void discovery(List<Case> cases) {
        add(cases, "health", 200, () -> nobody.get("/api/health"));
        add(cases, "openapi", 200, () -> nobody.get("/api/v1/openapi.json"));
        add(cases, "listModels", 200, () -> nobody.get("/api/v1/models?limit=200"));
        add(cases, "listModels", 200, () -> nobody.get("/api/v1/models?offset=0&limit=500"));
        add(cases, "listModels", 400, () -> nobody.get("/api/v1/models?offset=-1"));
        add(cases, "getModel", 200, () -> nobody.get("/api/v1/models/sandbox/video"));
        add(cases, "getModel", 404, () -> nobody.get("/api/v1/models/no/such"));
        add(cases, "listPrices", 200, () -> nobody.get("/api/v1/prices"));
        add(cases, "listPrices", 400, () -> nobody.get("/api/v1/prices?type=film"));
        add(cases, "getOpenRouterModel", 200, () -> nobody.get("/api/v1/model/sandbox/text"));
        add(cases, "getOpenRouterModel", 404, () -> nobody.get("/api/v1/model/no/such"));
        add(cases, "listEndpoints", 200, () -> nobody.get("/api/v1/models/sandbox/text/endpoints"));
        add(cases, "listEndpoints", 200, () -> nobody.get("/api/v1/models/suno/endpoints"));
        add(cases, "listEndpoints", 404, () -> nobody.get("/api/v1/models/no/such/endpoints"));
        add(cases, "countModels", 200, () -> nobody.get("/api/v1/models/count"));
        add(cases, "listVideoModels", 200, () -> nobody.get("/api/v1/videos/models"));
        add(cases, "listModelsOfKey", 200, () -> client.get("/api/v1/models/user"));
        add(cases, "listModelsOfKey", 400, () -> client.get("/api/v1/models/user?limit=0"));
    }

    private void making(List<Case> cases) {
        add(cases, "createQuote", 201, () -> client.post("/api/v1/quotes", "{\"model\":\"sandbox/image\",\"n\":2}"));
        add(cases, "createQuote", 404, () -> client.post("/api/v1/quotes", "{\"model\":\"no/such\"}"));
        add(cases, "createQuote", 423, () -> client.post("/api/v1/quotes", "{\"model\":\"test/blocked\"}"));
        add(cases, "generate", 200, () -> client.post(GENERATE, IMAGE.replace("true", "false")));
        add(cases, "generate", 200, () -> client.post(GENERATE, "{\"model\":\"sandbox/text\",\"prompt\":\"hi\"}"));
        add(cases, "generate", 202, () -> client.post(GENERATE, IMAGE));
        add(cases, "generate", 402, () -> poor().post(GENERATE, IMAGE));
        add(cases, "generate", 404, () -> client.post(GENERATE, "{\"model\":\"no/such\",\"prompt\":\"a\"}"));
        add(cases, "generate", 423, () -> client.post(GENERATE, "{\"model\":\"test/blocked\"}"));
        add(cases, "generate", 502, () -> failing("upstream_error"));
        add(cases, "generate", 504, () -> failing("timeout"));
        add(
                cases,
                "generate",
                422,
                () -> client.post(GENERATE, IMAGE.replace("\"async\":true", "\"sandbox\":{\"nsfw\":true}")));
        add(cases, "createVideo", 202, () -> client.post("/api/v1/videos/generations", VIDEO));
        add(cases, "createVideo", 402, () -> poor().post("/api/v1/videos/generations", VIDEO));
        add(cases, "createVideo", 404, () -> client.post("/api/v1/videos/generations", VIDEO.replace("sandbox", "no")));
        add(cases, "createVideo", 423, () -> client.post("/api/v1/videos/generations", "{\"model\":\"test/blocked\"}"));
    }

    private void language(List<Case> cases) {
        String path = "/api/v1/chat/completions";
        String blocked = CHAT.replace("sandbox/text", "test/quiet");
        String late = CHAT.replace("}]", "}],\"sandbox\":{\"fail\":\"timeout\"}");
        String broken = CHAT.replace("}]", "}],\"sandbox\":{\"fail\":\"upstream_error\"}");
        add(cases, "chat", 200, () -> client.post(path, CHAT));
        add(cases, "chat", 200, () -> client.post(path, CHAT.replace("}]", "}],\"stream\":true")));
        add(cases, "chat", 402, () -> poor().post(path, CHAT));
        add(cases, "chat", 404, () -> client.post(path, CHAT.replace("sandbox", "no")));
        add(cases, "chat", 423, () -> client.post(path, blocked));
        add(cases, "chat", 502, () -> client.post(path, broken));
        add(cases, "chat", 504, () -> client.post(path, late));
    }

    private void jobs(List<Case> cases) {
        String job = "/api/v1/jobs/";
        add(cases, "listJobs", 200, () -> client.get("/api/v1/jobs"));
        add(cases, "listJobs", 400, () -> client.get("/api/v1/jobs?status=done"));
        add(cases, "getJob", 200, () -> client.get(job + image));
        add(cases, "getJob", 200, () -> client.get(job + running));
        add(cases, "getJob", 404, () -> client.get(job + ABSENT));
        add(cases, "getVideoJob", 200, () -> client.get("/api/v1/videos/generations/" + video));
        add(cases, "getVideoJob", 404, () -> client.get("/api/v1/videos/generations/" + ABSENT));
        add(cases, "watchJob", 200, () -> client.get(job + image + "/events"));
        add(cases, "watchJob", 404, () -> client.get(job + ABSENT + "/events"));
        add(cases, "deleteJob", 409, () -> client.delete(job + running));
        add(cases, "deleteJob", 404, () -> client.delete(job + ABSENT));
        add(cases, "deleteOutput", 409, () -> client.delete(job + running + "/outputs/0"));
        add(cases, "deleteOutput", 404, () -> client.delete(job + image + "/outputs/7"));
        add(cases, "deleteOutput", 200, () -> client.delete(job + image + "/outputs/0"));
        add(cases, "getJob", 200, () -> client.get(job + image));
        add(cases, "deleteJob", 200, () -> client.delete(job + image));
        add(cases, "cancelJob", 409, () -> client.post(job + image + "/cancel", ""));
        add(cases, "cancelJob", 404, () -> client.post(job + ABSENT + "/cancel", ""));
        add(cases, "cancelJob", 200, () -> client.post(job + running + "/cancel", ""));
    }

    private void videos(List<Case> cases) {
        String videos = "/api/v1/videos";
        add(cases, "submitVideo", 202, () -> client.post(videos, VIDEO));
        add(cases, "submitVideo", 402, () -> poor().post(videos, VIDEO));
        add(cases, "submitVideo", 404, () -> client.post(videos, VIDEO.replace("sandbox", "no")));
        add(cases, "submitVideo", 423, () -> client.post(videos, "{\"model\":\"test/blocked\"}"));
        add(cases, "getVideo", 200, () -> client.get(videos + "/" + video));
        add(cases, "getVideo", 404, () -> client.get(videos + "/" + ABSENT));
        add(cases, "getVideoContent", 200, () -> client.get(videos + "/" + video + "/content"));
        add(
                cases,
                "getVideoContent",
                206,
                () -> client.with("Range", "bytes=0-9").get(videos + "/" + video + "/content"));
        add(cases, "getVideoContent", 400, () -> client.get(videos + "/" + video + "/content?index=5"));
        add(cases, "getVideoContent", 404, () -> client.get(videos + "/" + ABSENT + "/content"));
        add(cases, "getVideoContent", 409, () -> client.get(videos + "/" + endless() + "/content"));
        add(cases, "deleteJob", 200, () -> client.delete("/api/v1/jobs/" + video));
        add(cases, "getVideoContent", 410, () -> client.get(videos + "/" + video + "/content"));
        add(cases, "getVideo", 200, () -> client.get(videos + "/" + video));
    }

    private void account(List<Case> cases) {
        add(cases, "getWallet", 200, () -> client.get("/api/v1/wallet"));
        add(cases, "listTransfers", 200, () -> client.get("/api/v1/wallet/transfers"));
        add(cases, "listTransfers", 400, () -> client.get("/api/v1/wallet/transfers?limit=0"));
        add(cases, "listUsage", 200, () -> client.get("/api/v1/usage"));
        add(cases, "listUsage", 200, () -> client.get("/api/v1/usage?group_by=day"));
        add(cases, "listUsage", 400, () -> client.get("/api/v1/usage?group_by=colour"));
        add(cases, "listUsage", 200, () -> client.get("/api/v1/usage?format=csv"));
        add(cases, "explainCharge", 200, () -> client.get("/api/v1/usage/" + image + "/explain"));
        add(cases, "explainCharge", 404, () -> client.get("/api/v1/usage/nothing/explain"));
        add(cases, "getKey", 200, () -> client.get("/api/v1/key"));
        add(cases, "getCredits", 200, () -> client.get("/api/v1/credits"));
        add(cases, "getGeneration", 200, () -> client.get("/api/v1/generation?id=" + image));
        add(cases, "getGeneration", 200, () -> client.get("/api/v1/generation?id=" + chatId()));
        add(cases, "getGeneration", 400, () -> client.get("/api/v1/generation"));
        add(cases, "getGeneration", 404, () -> client.get("/api/v1/generation?id=gen-" + ABSENT));
        add(cases, "createOrganization", 201, () -> operator.post("/api/v1/organizations", "{\"name\":\"a\"}"));
        add(cases, "createOrganization", 403, () -> client.post("/api/v1/organizations", "{\"name\":\"a\"}"));
    }

    private void storage(List<Case> cases) {
        String storage = "/api/v1/storage";
        String made = storage + "/" + output();
        add(cases, "uploadFile", 201, () -> client.call("POST", storage, bytes(file)));
        add(cases, "uploadFile", 400, () -> client.call("POST", storage + "?expires_in=1", bytes(file)));
        add(cases, "uploadFile", 413, () -> client.call("POST", storage, new byte[200_000]));
        add(cases, "uploadFile", 415, () -> client.call("POST", storage, "text".getBytes(UTF_8)));
        add(
                cases,
                "createUploadLink",
                201,
                () -> client.post(storage + "/uploads", "{\"content_type\":\"image/png\"}"));
        add(cases, "listFiles", 200, () -> client.get(storage));
        add(cases, "listFiles", 400, () -> client.get(storage + "?cursor=x"));
        add(cases, "getStorageUsage", 200, () -> client.get(storage + "/usage"));
        add(cases, "getFile", 200, () -> client.get(storage + "/" + file));
        add(cases, "getFile", 400, () -> client.get(storage + "/" + file + "?expires_in=x"));
        add(cases, "getFile", 404, () -> client.get(storage + "/" + ABSENT));
        add(cases, "getFileContent", 200, () -> client.get(storage + "/" + file + "/content"));
        add(
                cases,
                "getFileContent",
                206,
                () -> client.with("Range", "bytes=0-9").get(storage + "/" + file + "/content"));
        add(cases, "getFileContent", 404, () -> client.get(storage + "/" + ABSENT + "/content"));
        add(cases, "deleteFile", 403, () -> client.delete(made));
        add(cases, "deleteFile", 404, () -> client.delete(storage + "/" + ABSENT));
        add(cases, "deleteFile", 200, () -> client.delete(storage + "/" + file));
    }

    /** A repeat with another body is 422, one that can not be answered again 409, one whose file is gone 410. */
    private void repeats(List<Case> cases) {
        Caller once = client.with("Idempotency-Key", "once");
        twice(
                cases,
                "createQuote",
                once,
                "/api/v1/quotes",
                "{\"model\":\"sandbox/image\"}",
                "{\"model\":\"sandbox/video\"}");
        twice(cases, "createVideo", once, "/api/v1/videos/generations", VIDEO, VIDEO.replace("1}", "2}"));
        twice(cases, "submitVideo", once, "/api/v1/videos", VIDEO, VIDEO.replace("1}", "2}"));
        twice(cases, "chat", once, "/api/v1/chat/completions", CHAT, CHAT.replace("hi", "ho"));
        add(cases, "chat", 409, () -> once.post("/api/v1/chat/completions", CHAT));
        Caller operatorOnce = operator.with("Idempotency-Key", "once");
        twice(
                cases,
                "createOrganization",
                operatorOnce,
                "/api/v1/organizations",
                "{\"name\":\"b\"}",
                "{\"name\":\"c\"}");
        add(cases, "createOrganization", 409, () -> operatorOnce.post("/api/v1/organizations", "{\"name\":\"b\"}"));
        add(cases, "generate", 409, () -> quoted(GENERATE));
        add(cases, "createVideo", 409, () -> quoted("/api/v1/videos/generations"));
        add(cases, "uploadFile", 201, () -> once.call("POST", "/api/v1/storage", png));
        add(cases, "uploadFile", 422, () -> once.call("POST", "/api/v1/storage?name=other.png", png));
        add(cases, "uploadFile", 410, () -> {
            client.delete("/api/v1/storage/"
                    + once.call("POST", "/api/v1/storage", png).at("id"));
            return once.call("POST", "/api/v1/storage", png);
        });
    }

    private void twice(List<Case> cases, String id, Caller once, String path, String first, String second) {
        cases.add(new Case(
                id,
                contract.operation(id).path("responses").has("202") ? 202 : chatOr(id),
                () -> once.post(path, first)));
        add(cases, id, 422, () -> once.post(path, second));
    }

    private static int chatOr(String id) {
        return id.equals("chat") ? 200 : 201;
    }

    private Reply quoted(String path) {
        return client.post(path, VIDEO.replace("}", ",\"quote_id\":\"" + ABSENT + "\"}"));
    }

    /** Whether another test shows the answers of an operation. */
    private boolean elsewhere(String operation) {
        String path = contract.route(operation)[1];
        return ELSEWHERE.stream().anyMatch(part -> path.equals(part) || path.startsWith(part + "/"));
    }

    /** No key is 401, and one that rests 403, whatever is asked. */
    private void withoutKey() {
        NewKey resting = gateway.anotherKey(gateway.operator().organization());
        gateway.rest(resting.organization(), resting.id());
        Caller idle = gateway.caller(resting);
        for (String id : contract.operations()) {
            if (contract.operation(id).path("security").isEmpty()) {
                continue;
            }
            String[] route = contract.route(id);
            String path = route[1].replaceAll("\\{\\w+}", ABSENT);
            assertThat(contract.check(id, nobody.call(route[0], path, new byte[0]))
                            .status())
                    .as(id)
                    .isEqualTo(401);
            assertThat(contract.check(id, idle.call(route[0], path, new byte[0]))
                            .status())
                    .as(id)
                    .isEqualTo(403);
        }
    }

    private void withBadBodies() {
        for (String id : contract.operations()) {
            JsonNode content = contract.operation(id).path("requestBody").path("content");
            if (!content.has("application/json") || elsewhere(id)) {
                continue;
            }
            String[] route = contract.route(id);
            String path = route[1].replaceAll("\\{\\w+}", ABSENT);
            assertThat(contract.check(id, operator.call(route[0], path, "not JSON".getBytes(UTF_8)))
                            .status())
                    .as(id)
                    .isEqualTo(400);
            String large = "{\"model\":\"" + "a".repeat(200_000) + "\"}";
            assertThat(contract.check(id, operator.call(route[0], path, large.getBytes(UTF_8)))
                            .status())
                    .as(id)
                    .isEqualTo(413);
        }
    }

    private void tooOften() {
        Caller eager = gateway.caller(gateway.customer("1"));
        int tries = 0;
        while (eager.post("/api/v1/quotes", "{\"model\":\"sandbox/image\"}").status() != 429) {
            assertThat(tries++).isLessThan(1000);
        }
        for (String id : contract.operations()) {
            if (contract.operation(id).path("responses").has("429") && !elsewhere(id)) {
                String body = id.equals("chat") ? CHAT : VIDEO;
                Reply reply = contract.check(id, eager.post(contract.route(id)[1], body));
                assertThat(reply.status()).as(id).isEqualTo(429);
                assertThat(reply.header("Retry-After")).as(id).isNotEmpty();
            }
        }
    }

    private Reply failing(String how) {
        return client.post(GENERATE, IMAGE.replace("\"async\":true", "\"sandbox\":{\"fail\":\"" + how + "\"}"));
    }

    private Caller poor() {
        return gateway.caller(gateway.customer("0.00001"));
    }

    private String chatId() {
        return client.post("/api/v1/chat/completions", CHAT).at("id");
    }

    private String endless() {
        return client.post(
                        "/api/v1/videos",
                        "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"sandbox\":{\"latency_ms\":3000}}")
                .at("id");
    }

    private String output() {
        for (JsonNode one : client.get("/api/v1/storage").json().path("data")) {
            if (one.path("kind").asString().equals("output")) {
                return one.path("id").asString();
            }
        }
        throw new AssertionError("no output is in the storage");
    }

    private byte[] bytes(String id) {
        return client.get("/api/v1/storage/" + id + "/content").bytes();
    }

    private String ended(Reply accepted) {
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        String id = accepted.at("id");
        Await.until(
                "the job ends: " + accepted,
                () -> Set.of("completed", "failed")
                        .contains(client.get("/api/v1/jobs/" + id).at("status")));
        return id;
    }

    private static void add(List<Case> cases, String operation, int status, Supplier<Reply> call) {
        cases.add(new Case(operation, status, call));
    }
}
