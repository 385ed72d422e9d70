package dev.millrace.api.apiframe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.FaultProxy;
import dev.millrace.testkit.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every operation is walked with every status that the contract documents for it, and each answer keeps our document. */
class ApiframeStatusesTest {
    private static final int PER_MINUTE = 2;
    private static final Map<String, String> LOOPBACK = Map.of("egress.allow", "127.0.0.0/8");
    private static Gateway gateway;
    private static Gateway throttled;
    private static Gateway broken;
    private static Path brokenFolder;
    private static FaultProxy proxy;
    private static Gateway down;
    private static NewKey key;
    private static Desk desk;
    private static Desk resting;
    private static Desk outage;
    private static String image;
    private static String video;
    private static String grid;
    private static String song;
    private static String lora;
    private static String asset;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        gateway = Gateway.start(LOOPBACK);
        throttled = Gateway.start(Map.of("limits.requests_per_minute", String.valueOf(PER_MINUTE)));
        brokenFolder = folder.resolve("assets");
        broken = Gateway.start(Map.of("assets.folder", brokenFolder.toString()));
        key = gateway.customer("50");
        desk = Desk.of(gateway, key);
        NewKey idle = gateway.anotherKey(key.organization());
        gateway.rest(idle.organization(), idle.id());
        resting = desk.as(new Caller(gateway.url()).with("X-API-Key", idle.full()));
        image = desk.send("/v2/uploads", new Form().file("file", "a.png", Pictures.png()))
                .at("url");
        video = desk.run(
                        "/v2/videos/generate",
                        "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1,\"sandbox\":{\"draft\":true}}")
                .json()
                .path("result")
                .path("videoUrl")
                .asString();
        grid = made(desk, "/v2/images/generate", "midjourney");
        song = made(desk, "/v2/music/generate", "suno");
        lora = desk.send("/v2/loras", Requests.training(15)).at("id");
        asset = desk.post("/v2/assets/create", "{\"url\":\"" + image + "\",\"type\":\"image\"}")
                .at("assetId");
        startOutage();
    }

    private static void startOutage() {
        LocalPostgres postgres = LocalPostgres.shared();
        proxy = FaultProxy.to(postgres.port());
        down = Gateway.start(Map.of(
                "database.url",
                LocalPostgres.url(postgres.createDatabase(), proxy.port()),
                "access.cache_for",
                "1m",
                "egress.allow",
                "127.0.0.0/8"));
        outage = Desk.of(down, down.customer("50"));
        assertThat(outage.get("/v2/me").status()).isEqualTo(200);
        proxy.refuse(true);
        proxy.cut();
    }

    private static String made(Desk whose, String path, String model) {
        return whose.run(path, "{\"model\":\"" + model + "\",\"prompt\":\"a\",\"sandbox\":{\"draft\":true}}")
                .at("id");
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway one = gateway;
                Gateway two = throttled;
                Gateway three = broken) {
            Await.until("all jobs have ended", () -> one.openHolds() == 0);
            one.check();
            assertThat(two.openHolds() + three.openHolds()).isZero();
        }
        proxy.refuse(false);
        try (Gateway four = down;
                FaultProxy closed = proxy) {
            Await.until("the database is back", () -> outage.get("/v2/me").status() == 200);
            assertThat(four.jobs()).as("what a 503 left behind").isEmpty();
            assertThat(four.openHolds()).isZero();
            assertThat(closed.port()).isPositive();
        }
    }

    /** One operation and one status. */
    record Row(String operation, int status) {
        @Override
        public String toString() {
            return operation + " " + status;
        }
    }

    static Stream<Row> rows() {
        return Requests.CONTRACT.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().stream().map(status -> new Row(entry.getKey(), status)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is_answered_as_documented(Row row) {
        Reply reply = switch (row.status()) {
            case 200, 201, 202, 204 -> send(desk, row.operation(), there(row.operation()));
            case 400 -> invalid(row.operation());
            case 401 -> send(desk.bare(), row.operation(), Requests.ABSENT);
            case 402 -> unpaid(row.operation());
            case 403 -> send(resting, row.operation(), Requests.ABSENT);
            case 404 -> send(desk, row.operation(), Requests.ABSENT);
            case 409 -> conflict(row.operation());
            case 429 -> tooMany(row.operation());
            case 502 -> failing(row.operation());
            // Whose links these are, the other gateway can not know: it fetches them.
            case 503 -> send(outage, row.operation(), Requests.ABSENT);
            default -> throw new AssertionError("no case for " + row);
        };
        assertThat(reply.status()).as(row + " " + reply).isEqualTo(row.status());
        String pattern = row.operation().replaceFirst("[A-Z]+ ", "");
        String method = row.operation().replaceFirst(" .*", "");
        assertThat(desk.described().statuses(method, pattern)).contains(String.valueOf(row.status()));
        if (row.status() >= 400) {
            told(row, reply);
        }
    }

    private static void told(Row row, Reply reply) {
        JsonNode body = reply.json();
        switch (row.status()) {
            case 401 -> assertThat(reply.text()).isEqualTo("{\"error\":\"API key is required\"}");
            case 403 -> assertThat(reply.text()).isEqualTo("{\"error\":\"API key is inactive\"}");
            case 402 -> {
                assertThat(body.path("error").asString()).isEqualTo("Insufficient credits");
                assertThat(body.path("creditsRequired").asInt())
                        .isGreaterThan(body.path("creditsAvailable").asInt(99));
            }
            case 429 ->
                assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
            default -> assertThat(body.path("error").asString()).isNotBlank();
        }
    }

    private static Reply send(Desk whose, String operation, String id) {
        return Requests.send(whose, operation, id, image, video);
    }

    /** What an operation finds where there is something. */
    private static String there(String operation) {
        return switch (operation) {
            case "POST /v2/images/midjourney/action", "GET /v2/jobs/{id}" -> grid;
            case "POST /v2/music/suno/action" -> song;
            case "GET /v2/assets/{assetId}" -> asset;
            case "GET /v2/loras/{id}" -> lora;
            case "DELETE /v2/loras/{id}" ->
                desk.send("/v2/loras", Requests.training(15)).at("id");
            default -> Requests.ABSENT;
        };
    }

    private static Reply invalid(String operation) {
        return switch (operation) {
            case "GET /v2/jobs" -> desk.get("/v2/jobs?status=DONE");
            case "GET /v2/models" -> desk.get("/v2/models?modality=text");
            case "GET /v2/loras" -> desk.get("/v2/loras?limit=0");
            case "POST /v2/uploads" -> desk.send("/v2/uploads", new Form().field("file", "no file"));
            case "POST /v2/loras" -> desk.send("/v2/loras", Requests.training(14));
            case "POST /v2/assets/create" -> desk.post("/v2/assets/create", "{\"type\":\"image\"}");
            default ->
                operation.startsWith("POST")
                        ? desk.post(operation.substring(5), "{\"model\":\"no-such-model\",\"action\":\"none\"}")
                        : send(desk, operation, "no-uuid");
        };
    }

    /** A wallet that covers the parent of an action and no more. */
    private static Reply unpaid(String operation) {
        boolean midjourney = operation.contains("midjourney");
        Desk poor =
                Desk.of(gateway, gateway.customer(midjourney ? "0.17" : operation.contains("suno") ? "0.12" : "0.001"));
        String parent = !Requests.isAction(operation)
                ? Requests.ABSENT
                : midjourney
                        ? made(poor, "/v2/images/generate", "midjourney")
                        : made(poor, "/v2/music/generate", "suno");
        // Links to files are an organization's own.
        String own = poor.send("/v2/uploads", new Form().file("file", "a.png", Pictures.png()))
                .at("url");
        byte[] film = desk.caller().bare().get(video).bytes();
        String clip =
                poor.send("/v2/uploads", new Form().file("file", "a.mp4", film)).at("url");
        return Requests.send(poor, operation, parent, own, clip);
    }

    /** A parent that has not completed. */
    private static Reply conflict(String operation) {
        boolean midjourney = operation.contains("midjourney");
        String running = desk.post(
                        midjourney ? "/v2/images/generate" : "/v2/music/generate",
                        "{\"model\":\"" + (midjourney ? "midjourney" : "suno")
                                + "\",\"prompt\":\"a\",\"sandbox\":{\"draft\":true,\"latency_ms\":600}}")
                .at("jobId");
        return send(desk, operation, running);
    }

    private static Reply tooMany(String operation) {
        NewKey eager = throttled.customer("50");
        Desk own = Desk.of(throttled, eager);
        Reply last = own.get("/v2/me");
        for (int i = 0; last.status() == 200 && i < 10 * PER_MINUTE; i++) {
            last = own.get("/v2/me");
        }
        return sendAway(own, operation);
    }

    /** With files that lie elsewhere. */
    private static Reply sendAway(Desk whose, String operation) {
        return Requests.send(
                whose, operation, Requests.ABSENT, "https://images.example/a.png", "https://images.example/a.mp4");
    }

    private static Reply failing(String operation) {
        Desk there = Desk.of(broken, broken.customer("5"));
        return switch (operation) {
            case "POST /v2/assets/create" ->
                desk.post("/v2/assets/create", "{\"url\":\"http://127.0.0.1:1/a.png\",\"type\":\"image\"}");
            case "GET /v2/assets/{assetId}" -> {
                String id = there.send("/v2/uploads", new Form().file("file", "a.png", Pictures.png()))
                        .at("id");
                delete(brokenFolder, true);
                yield there.get("/v2/assets/" + id);
            }
            default -> {
                delete(brokenFolder.resolve("incoming"), false);
                yield there.send("/v2/uploads", new Form().file("file", "a.png", Pictures.png()));
            }
        };
    }

    /** Removes what lies below a folder, and the folder itself when it is to be missed. */
    private static void delete(Path folder, boolean filesAlone) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!filesAlone || Files.isRegularFile(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_document_has_these_operations_and_no_other_but_itself() {
        List<String> documented = desk.described().document().path("paths").properties().stream()
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .map(method -> method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(Requests.CONTRACT.keySet());
    }
}
