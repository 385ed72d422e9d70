package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/keys} as whoever manages keys uses it, and what the keys can and can not do afterwards. */
class KeysTest {
    private static final Gateway GATEWAY = Gateway.start();

    private final NewKey owner = GATEWAY.customer("10");
    private final Caller boss = GATEWAY.caller(owner);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    /** A key that was just made: its text, and what is shown of it. */
    private record Made(String text, String hash, ObjectNode data, Caller caller) {}

    private Made make(String body) {
        Reply reply = boss.post("/api/v1/keys", body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        String text = reply.at("key");
        ObjectNode data = (ObjectNode) reply.json().path("data");
        return new Made(text, data.path("hash").asString(), data, as(text));
    }

    private static Caller as(String key) {
        return new Caller(GATEWAY.url()).with("Authorization", "Bearer " + key);
    }

    private Reply patch(String path, String body) {
        return boss.with("Content-Type", "application/json").call("PATCH", path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String reason(Reply reply) {
        return reply.json()
                .path("error")
                .path("metadata")
                .path("reason")
                .asString(reply.json().path("reason").asString());
    }

    @Test
    void a_key_is_made_shown_once_changed_listed_and_revoked() {
        Made made = make("""
                {"name":"ci","limit":5,"limit_reset":"monthly","scopes":{"models":["sandbox/*"]},"networks":["127.0.0.0/8"]}
                """);
        assertThat(made.data().path("limit").decimalValue()).isEqualByComparingTo("5");
        assertThat(made.data().path("limit_remaining").decimalValue()).isEqualByComparingTo("5");
        assertThat(made.data().path("limit_reset").asString()).isEqualTo("monthly");
        assertThat(made.data().path("role").asString()).isEqualTo("developer");
        assertThat(made.data().path("label").asString()).doesNotContain(made.text());
        assertThat(made.caller().get("/api/v1/key").status()).isEqualTo(200);
        String shown = boss.get("/api/v1/keys/" + made.hash()).text();
        assertThat(shown).doesNotContain(made.text()).doesNotContain(made.text().substring(20));
        Reply changed = patch("/api/v1/keys/" + made.hash(), """
                {"name":"other","limit":null,"caps":{"day_usd":"1.5"},"scopes":null,"expires_at":"2199-01-01T00:00:00Z"}
                """);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().path("data").path("limit_reset").asString()).isEqualTo("daily");
        assertThat(changed.json()
                        .path("data")
                        .path("caps")
                        .path("day")
                        .path("limit_usd")
                        .asString())
                .isEqualTo("1.50");
        assertThat(changed.json().path("data").path("scopes").path("models")).isEmpty();
        assertThat(boss.delete("/api/v1/keys/" + made.hash())
                        .json()
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        Reply refused = made.caller().get("/api/v1/key");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(reason(refused)).isEqualTo("revoked");
        assertThat(boss.get("/api/v1/keys/" + made.hash()).status()).isEqualTo(404);
        assertThat(boss.get("/api/v1/keys").text()).doesNotContain(made.hash());
        assertThat(boss.get("/api/v1/keys?include_revoked=true").text()).contains(made.hash());
    }

    @Test
    void a_resting_key_is_listed_where_that_is_asked_for_and_taken_up_again() {
        Made made = make("{\"name\":\"ci\"}");
        patch("/api/v1/keys/" + made.hash(), "{\"disabled\":true}");
        Reply refused = made.caller().get("/api/v1/key");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(reason(refused)).isEqualTo("resting");
        assertThat(boss.get("/api/v1/keys").text()).doesNotContain(made.hash());
        assertThat(boss.get("/api/v1/keys?include_disabled=true").text()).contains(made.hash());
        patch("/api/v1/keys/" + made.hash(), "{\"disabled\":false}");
        assertThat(made.caller().get("/api/v1/key").status()).isEqualTo(200);
    }

    @Test
    void a_rotation_leaves_both_secrets_working_until_the_former_one_is_ended() {
        Made made = make("{\"name\":\"ci\"}");
        Reply rotated = boss.post("/api/v1/keys/" + made.hash() + "/rotate", "{\"overlap_seconds\":600}");
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        Caller fresh = as(rotated.at("key"));
        assertThat(rotated.json()
                        .path("data")
                        .path("former")
                        .path("works_until")
                        .asString())
                .isNotEmpty();
        assertThat(made.caller().get("/api/v1/key").status()).isEqualTo(200);
        assertThat(fresh.get("/api/v1/key").status()).isEqualTo(200);
        assertThat(boss.delete("/api/v1/keys/" + made.hash() + "/former").status())
                .isEqualTo(200);
        Reply refused = made.caller().get("/api/v1/key");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(reason(refused)).isEqualTo("replaced");
        assertThat(fresh.get("/api/v1/key").status()).isEqualTo(200);
        assertThat(boss.post("/api/v1/keys/" + made.hash() + "/rotate", "{\"overlap_seconds\":99999999}")
                        .status())
                .isEqualTo(400);
    }

    /** What a narrow key asks for, and why it is refused. */
    @ParameterizedTest(name = "{1} to {2} is {4}")
    @CsvSource(delimiter = '|', textBlock = """
            {"scopes":{"models":["other/*"]}}         | POST | /api/v1/chat/completions | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]} | 403
            {"scopes":{"models":["other/*"]}}         | POST | /v1/chat/completions     | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]} | 403
            {"scopes":{"models":["sandbox/*"]}}       | POST | /v1/chat/completions     | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]} | 200
            {"scopes":{"modalities":["image"]}}       | POST | /v1/chat/completions     | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]} | 403
            {"scopes":{"dialects":["millrace"]}}      | POST | /v1/chat/completions     | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]} | 403
            {"scopes":{"dialects":["openai"]}}        | POST | /v1/chat/completions     | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]} | 200
            {"scopes":{"dialects":["openai"]}}        | POST | /sandbox/image           | {"prompt":"a"}                                                      | 403
            {"scopes":{"modalities":["video"]}}       | POST | /sandbox/image           | {"prompt":"a"}                                                      | 403
            {"scopes":{"read_only":true}}             | POST | /sandbox/image           | {"prompt":"a"}                                                      | 403
            {"scopes":{"read_only":true}}             | GET  | /api/v1/jobs             |                                                                     | 200
            {"networks":["10.0.0.0/8"]}               | GET  | /api/v1/jobs             |                                                                     | 403
            {"networks":["10.0.0.0/8","127.0.0.1"]}   | GET  | /api/v1/jobs             |                                                                     | 200
            {"role":"viewer"}                         | POST | /v1/chat/completions     | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]} | 403
            {"role":"billing"}                        | GET  | /api/v1/jobs             |                                                                     | 403
            {"role":"developer"}                      | POST | /api/v1/keys             | {"name":"more"}                                                     | 403
            """)
    void a_key_keeps_to_what_it_was_made_for(String wish, String method, String path, String body, int status) {
        ObjectNode asked = Json.parseObject(wish.getBytes(StandardCharsets.UTF_8));
        Made made = make(asked.put("name", "narrow").toString());
        Reply reply =
                method.equals("GET") ? made.caller().get(path) : made.caller().post(path, body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }

    @Test
    void a_suspended_key_and_a_suspended_organization_are_told_apart() {
        Made made = make("{\"name\":\"ci\"}");
        assertThat(boss.post("/api/v1/keys/" + made.hash() + "/suspend", "{}").status())
                .isEqualTo(400);
        boss.post("/api/v1/keys/" + made.hash() + "/suspend", "{\"reason\":\"leaked\"}");
        Reply refused = made.caller().get("/api/v1/jobs");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("leaked");
        assertThat(boss.get("/api/v1/keys/" + made.hash()).text()).contains("\"state\":\"suspended\"");
        boss.post("/api/v1/keys/" + made.hash() + "/resume", "{}");
        assertThat(made.caller().get("/api/v1/jobs").status()).isEqualTo(200);
        String standing = "/api/v1/organizations/" + owner.organization();
        assertThat(boss.post(standing + "/suspend", "{\"reason\":\"x\"}").status())
                .isEqualTo(403);
        Caller operator = GATEWAY.caller(GATEWAY.operator());
        assertThat(operator.post(standing + "/suspend", "{\"reason\":\"unpaid\"}")
                        .status())
                .isEqualTo(200);
        assertThat(made.caller().get("/api/v1/jobs").status()).isEqualTo(200);
        assertThat(boss.get("/api/v1/wallet").status()).isEqualTo(200);
        Reply chat = made.caller()
                .post(
                        "/v1/chat/completions",
                        "{\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        assertThat(chat.status()).isEqualTo(403);
        assertThat(boss.post("/api/v1/keys", "{\"name\":\"more\"}").status()).isEqualTo(403);
        operator.post(standing + "/resume", "{}");
        assertThat(boss.post("/api/v1/keys", "{\"name\":\"more\"}").status()).isEqualTo(201);
    }

    @Test
    void nobody_hands_out_more_than_he_has() {
        Made admin = make("{\"name\":\"admin\",\"role\":\"admin\"}");
        Made narrow = make("{\"name\":\"n\",\"role\":\"admin\",\"scopes\":{\"models\":[\"sandbox/*\"]}}");
        assertThat(admin.caller()
                        .post("/api/v1/keys", "{\"name\":\"o\",\"role\":\"owner\"}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.caller()
                        .post("/api/v1/keys/" + owner.id() + "/rotate", "{}")
                        .status())
                .as("a new secret of an owner's key would make an owner")
                .isEqualTo(403);
        assertThat(admin.caller()
                        .post("/api/v1/keys", "{\"name\":\"l\",\"environment\":\"live\"}")
                        .status())
                .as("a test key makes no live ones")
                .isEqualTo(403);
        assertThat(narrow.caller().post("/api/v1/keys", "{\"name\":\"w\"}").status())
                .isEqualTo(403);
        assertThat(narrow.caller()
                        .post("/api/v1/keys", "{\"name\":\"w\",\"scopes\":{\"models\":[\"sandbox/text\"]}}")
                        .status())
                .isEqualTo(201);
        Caller stranger = GATEWAY.caller(GATEWAY.customer("1"));
        for (String path : List.of("", "/rotate", "/suspend")) {
            Reply reply = path.isEmpty()
                    ? stranger.get("/api/v1/keys/" + admin.hash())
                    : stranger.post(
                            "/api/v1/keys/" + admin.hash() + path,
                            "{\"reason\":\"x\"}".repeat(path.equals("/rotate") ? 0 : 1));
            assertThat(reply.status()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | name
            {"name":" "}                                  | name
            {"name":"a","limit":"5"}                      | limit
            {"name":"a","limit":-1}                       | limit
            {"name":"a","limit":1e400}                    | limit
            {"name":"a","limit":0.0000000001}             | limit
            {"name":"a","limit":5,"limit_reset":"yearly"} | limit_reset
            {"name":"a","caps":{"year_usd":"1"}}          | caps.year_usd
            {"name":"a","caps":{"day_usd":1}}             | caps.day_usd
            {"name":"a","expires_at":"2001-01-01"}        | expires_at
            {"name":"a","expires_at":"2001-01-01T00:00:00Z"} | expires_at
            {"name":"a","role":"king"}                    | role
            {"name":"a","environment":"prod"}             | environment
            {"name":"a","scopes":{"dialects":["klingon"]}} | scopes
            {"name":"a","scopes":{"modalities":["smell"]}} | scopes.modalities
            {"name":"a","scopes":{"nodels":[]}}           | scopes.nodels
            {"name":"a","networks":["10.0.0.0/40"]}       | networks
            {"name":"a","networks":["127.1"]}             | networks
            {"name":"a","member_id":"x"}                  | member_id
            {"name":"a","member_id":"01890000-0000-7000-8000-000000000000"} | member_id
            {"name":"a","limt":5}                         | limt
            """)
    void a_wrong_wish_is_refused_with_the_name_of_its_field(String body, String field) {
        Reply reply = boss.post("/api/v1/keys", body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json().path("error").path("metadata").path("field").asString())
                .isEqualTo(field);
    }

    @Test
    void complaint_12_a_key_is_refused_once_its_quota_is_gone() {
        Made made = make("{\"name\":\"poor\",\"limit\":0.000001}");
        String ask =
                "{\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"max_tokens\":200}";
        Reply refused = made.caller().post("/v1/chat/completions", ask);
        assertThat(refused.status()).as("as OpenAI says it").isEqualTo(429);
        assertThat(refused.text()).contains("insufficient_quota").contains("key.total");
        Reply job = made.caller().post("/api/v1/generations", "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}");
        assertThat(job.status()).as(job.toString()).isEqualTo(403);
        assertThat(job.at("code")).isEqualTo("spend_cap_reached");
        assertThat(made.caller()
                        .get("/api/v1/key")
                        .json()
                        .path("data")
                        .path("limit_remaining")
                        .decimalValue())
                .isEqualByComparingTo("0.000001");
    }
}
