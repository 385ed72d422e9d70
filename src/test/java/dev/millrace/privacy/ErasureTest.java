package dev.millrace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.millrace.access.NewKey;
import dev.millrace.api.millrace.people.Folk;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Canary;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.WebhookSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Somebody who has left a trace wherever one can be left is erased, and no trace is left. */
class ErasureTest {
    private static final String ADDRESS = "203.0.113.177";
    private static final String EMAIL = "quillon.brackenfall@example.org";
    private static final String NAME = "Quillon Brackenfall";
    private static final String DEVICE = "BrackenfallBrowser/7.1";
    private static final String ORGANIZATION = "Brackwater Lanternworks";
    private static final String PROMPT = "the copper lantern hums below the weir";
    private static final String KEY_NAME = "quillons own laptop";
    private static final String FILE = "brackenfall-portrait.png";
    private static final String HOOK = "hook-of-brackwater";
    private static final String BUYER = "Lanternworks Legal Holding";
    private static final String IMAGE = "{\"model\":\"sandbox/image\",\"prompt\":\"" + PROMPT + "\",\"size\":\"64x64\"";

    private final Map<String, Canary> canaries = canaries();
    private Gateway gateway;
    private Caller operator;
    private String organization = "";

    private static Map<String, Canary> canaries() {
        Map<String, Canary> all = new LinkedHashMap<>();
        for (String text : List.of(
                ADDRESS, EMAIL, NAME, DEVICE, ORGANIZATION, PROMPT, KEY_NAME, FILE, HOOK, "Lantern Street 99 B")) {
            all.put(text, new Canary(text));
        }
        return all;
    }

    private static Map<String, String> settings(SqlDialect dialect) {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.put("server.trusted_proxies", "127.0.0.0/8");
        settings.put("egress.allow", "127.0.0.0/8");
        if (dialect == SqlDialect.POSTGRESQL) {
            settings.put(
                    "database.url",
                    LocalPostgres.shared().url(LocalPostgres.shared().createDatabase()));
        }
        return settings;
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void whoever_is_erased_leaves_no_trace_and_the_ledger_whole(SqlDialect dialect) throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        try (Gateway running = Gateway.start(settings(dialect));
                WebhookSink sink = WebhookSink.start()) {
            Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            Level before = root.getLevel();
            root.setLevel(Level.INFO);
            log.start();
            root.addAppender(log);
            try {
                gateway = running;
                operator = gateway.caller(gateway.operator());
                NewKey neighbour = gateway.customer("20");
                gateway.caller(neighbour).post("/api/v1/generations", "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}");
                Caller somebody = lives(sink, neighbour);
                String person = somebody.get("/api/v1/me").at("id");
                assertThat(Traces.in(gateway.database(), canaries)).isNotEmpty();

                leaves(somebody, person);

                assertThat(Traces.in(gateway.database(), canaries)).isEmpty();
                Canary buyer = new Canary(BUYER);
                assertThat(Traces.in(gateway.database(), Map.of("buyer", buyer), "invoices.buyer"))
                        .isEmpty();
                assertThat(gateway.database()
                                .<Long>read(tx ->
                                        tx.count("select count(*) from invoices where buyer like '%" + BUYER + "%'")))
                        .as("invoices are kept whole")
                        .isEqualTo(1);
                List<String> files = new ArrayList<>();
                for (Canary canary : canaries.values()) {
                    canary.below(gateway.folder()).forEach(file -> files.add(file + " " + canary.text()));
                }
                assertThat(files).isEmpty();
                gateway.check();
                assertThat(gateway.caller(neighbour)
                                .get("/api/v1/jobs")
                                .json()
                                .path("data")
                                .size())
                        .isEqualTo(1);
            } finally {
                root.detachAppender(log);
                root.setLevel(before);
            }
        }
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
                .noneMatch(line -> canaries.values().stream()
                        .anyMatch(canary -> !canary.in(line).isEmpty()));
    }

    /** A bit of everything. */
    private Caller lives(WebhookSink sink, NewKey neighbour) throws IOException {
        Caller from = new Caller(gateway.url()).with("X-Forwarded-For", ADDRESS).with("User-Agent", DEVICE);
        gateway.caller(gateway.anotherKey(neighbour.organization()))
                .post("/api/v1/invitations", "{\"role\":\"viewer\",\"email\":\"" + EMAIL + "\"}");
        Reply signed = ok(from.post("/api/v1/signup", Folk.signUpBody(EMAIL, NAME)));
        Caller somebody = from.with("Authorization", "Bearer " + signed.at("token"));
        organization = signed.at("organization");
        from.post("/api/v1/sessions", "{\"email\":\"" + EMAIL + "\",\"password\":\"not this one\"}");
        ok(somebody.call(
                "PATCH",
                "/api/v1/organizations/" + organization,
                ("{\"name\":\"" + ORGANIZATION + "\"}").getBytes(StandardCharsets.UTF_8)));
        ok(somebody.post("/api/v1/me/totp", "{}"));
        ok(operator.post("/api/v1/password-links", "{\"email\":\"" + EMAIL + "\"}"));
        ok(somebody.post("/api/v1/invitations", "{\"role\":\"viewer\",\"email\":\"other." + EMAIL + "\"}"));
        gateway.fund(organization, "20");
        ok(operator.post(
                "/api/v1/organizations/" + organization + "/topups",
                "{\"amount_usd\":\"1.00\",\"reason\":\"a gift for " + NAME + "\",\"reference\":\"gift-1\"}"));
        Reply made = ok(somebody.post("/api/v1/keys", "{\"name\":\"" + KEY_NAME + "\"}"));
        Caller key = from.with("Authorization", "Bearer " + made.at("key"));
        ok(operator.call(
                "PATCH",
                "/api/v1/organizations/" + organization + "/billing",
                ("{\"invoicing\":true,\"legal_name\":\"" + BUYER + "\",\"address\":\"Some Road 1\"}")
                        .getBytes(StandardCharsets.UTF_8)));
        works(key, sink);
        return somebody;
    }

    private void works(Caller key, WebhookSink sink) throws IOException {
        Reply image = ok(key.post(
                "/api/v1/generations",
                IMAGE + ",\"async\":true,\"callback_url\":\"" + sink.url() + "/" + HOOK + "\"}"));
        ok(key.post(
                "/api/v1/chat/completions",
                "{\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}"));
        key.post("/api/v1/generations", IMAGE + ",\"sandbox\":{\"fail\":\"upstream_error\"}}");
        ok(key.post("/api/v1/quotes", "{\"model\":\"sandbox/image\"}"));
        Await.until(
                "the picture is made",
                () -> key.get("/api/v1/jobs/" + image.at("id")).at("status").equals("completed"));
        byte[] png = key.get(key.get("/api/v1/jobs/" + image.at("id"))
                        .json()
                        .path("output_urls")
                        .path(0)
                        .asString())
                .bytes();
        ok(key.call("POST", "/api/v1/storage?name=" + FILE, png));
        ok(key.post(
                "/api/v1/videos",
                "{\"model\":\"sandbox/video\",\"prompt\":\"" + PROMPT + "\",\"sandbox\":{\"never_finish\":true}}"));
        Await.until("it was told", () -> !sink.deliveries().isEmpty());
    }

    private void leaves(Caller somebody, String person) {
        assertThat(erase(somebody).status()).as("the last owner stays").isEqualTo(403);
        String path = "/api/v1/organizations/" + organization + "/erase";
        assertThat(somebody.post(path, "{\"name\":\"Brackwater\"}").status()).isEqualTo(400);
        Reply begun = somebody.post(path, "{\"name\":\"" + ORGANIZATION + "\"}");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        Await.until(
                "the organization is empty",
                Duration.ofSeconds(60),
                () -> operator.get("/api/v1/erasures/organization:" + organization)
                        .at("status")
                        .equals("done"));
        assertThat(somebody.call(
                                "DELETE", "/api/v1/me", "{\"password\":\"wrong one\"}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(401);
        Reply gone = erase(somebody);
        assertThat(gone.status()).as(gone.toString()).isEqualTo(200);
        assertThat(gone.at("subject")).isEqualTo("person:" + person);
        assertThat(somebody.get("/api/v1/me").status()).isEqualTo(401);
        JsonNode again = operator.post("/api/v1/people/" + person + "/erase", "{\"reason\":\"ticket 1\"}")
                .json();
        assertThat(again.path("reason").asString())
                .as("asked again, it answers what stands")
                .isEqualTo("asked by the person");
        assertThat(operator.get("/api/v1/people/" + person + "/export").status())
                .isEqualTo(404);
    }

    private static Reply erase(Caller somebody) {
        return somebody.call(
                "DELETE",
                "/api/v1/me",
                Json.text(Map.of("password", Folk.PASSWORD)).getBytes(StandardCharsets.UTF_8));
    }

    private static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 202);
        return reply;
    }
}
