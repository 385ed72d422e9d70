package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans and rules as an operator sets them and as every dialect answers them. */
class LimitsTest {
    private static final Gateway GATEWAY = Gateway.start();
    private static final String CHAT =
            "{\"model\":\"sandbox/text\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

    private final NewKey owner = GATEWAY.customer("10");
    private final Caller customer = GATEWAY.caller(owner);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static Reply put(String path, String body) {
        return GATEWAY.caller(GATEWAY.operator())
                .with("Content-Type", "application/json")
                .call("PUT", path, body.getBytes(StandardCharsets.UTF_8));
    }

    private void rules(String body) {
        Reply reply = put("/api/v1/organizations/" + owner.organization() + "/limits", body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    /** In every dialect the second request is one too many, whether the rule is about a model, a kind or all. */
    @ParameterizedTest(name = "complaint 5 and 8: {1} by {0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"requests_per_minute":1}                             | /v1/chat/completions     | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]}
            {"models":{"sandbox/text":{"requests_per_minute":1}}} | /api/v1/chat/completions | {"model":"sandbox/text","messages":[{"role":"user","content":"a"}]}
            {"modalities":{"image":{"requests_per_minute":1}}}    | /sandbox/image           | {"prompt":"a"}
            {"modalities":{"image":{"requests_per_minute":1}}}    | /api/v1/generations      | {"model":"sandbox/image","prompt":"a"}
            {"requests_per_minute":1}                             | /v1/images/generations   | {"model":"sandbox/image","prompt":"a"}
            {"requests_per_minute":1}                             | /v2/images/generate      | {"model":"sandbox/image","prompt":"a"}
            """)
    void complaint_05_and_08_no_route_goes_past_a_limit(String rule, String path, String body) {
        rules(rule);
        Caller caller = path.startsWith("/v2/") ? customer.bare().with("X-API-Key", owner.full()) : customer;
        Reply first = caller.post(path, body);
        assertThat(first.status()).as(first.toString()).isBetween(200, 299);
        Reply refused = caller.post(path, body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(refused.header("RateLimit")).contains("r=0");
    }

    @Test
    void tokens_are_told_beside_requests() {
        rules("{\"requests_per_minute\":100,\"tokens_per_minute\":100000}");
        Reply reply = customer.post("/v1/chat/completions", CHAT);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-ratelimit-limit-requests")).isEqualTo("100");
        assertThat(reply.header("x-ratelimit-limit-tokens")).isEqualTo("100000");
        assertThat(reply.header("x-ratelimit-remaining-tokens")).matches("99[0-9]{3}");
        assertThat(reply.header("x-ratelimit-reset-tokens")).isEqualTo("1s");
        assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"requests\";q=100;w=60, \"tokens\";q=100000;w=60");
        assertThat(reply.header("RateLimit")).startsWith("\"requests\";r=99;t=1, \"tokens\";r=99");
        Reply limits = customer.get("/api/v1/limits");
        assertThat(limits.text()).contains("\"measure\":\"tokens\"").contains("\"per_minute\":100000");
        assertThat(limits.at("plan")).isEqualTo("default");
    }

    /** While one job runs that never ends, in every dialect the next is refused: nobody may wait. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /sandbox/image           | 400 | {"prompt":"a"}
            /api/v1/generations      | 429 | {"model":"sandbox/image","prompt":"a"}
            /v1/images/generations   | 429 | {"model":"sandbox/image","prompt":"a"}
            /v2/images/generate      | 429 | {"model":"sandbox/image","prompt":"a"}
            """)
    void a_job_over_a_queued_limit_is_refused_with_a_moment_to_come_back(String path, int status, String body) {
        rules("{\"models\":{\"sandbox/*\":{\"running_jobs\":1,\"queued_jobs\":0}}}");
        Caller caller = path.startsWith("/v2/") ? customer.bare().with("X-API-Key", owner.full()) : customer;
        Reply first = customer.post(
                "/api/v1/generations",
                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"async\":true,\"sandbox\":{\"never_finish\":true}}");
        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        Reply refused = caller.post(path, body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(customer.get("/api/v1/limits").text())
                .contains(
                        "\"measure\":\"running_jobs\",\"modality\":null,\"model\":\"sandbox/*\",\"source\":\"organization\","
                                + "\"limit\":1,\"used\":1,\"remaining\":0");
    }

    @Test
    void tokens_that_were_not_used_come_back_when_the_answer_has_ended() {
        rules("{\"tokens_per_minute\":100000}");
        String chat =
                "{\"model\":\"sandbox/text\",\"max_tokens\":4000,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        for (int i = 0; i < 30; i++) {
            Reply reply = customer.post("/v1/chat/completions", chat);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(Long.parseLong(reply.header("x-ratelimit-remaining-tokens")))
                    .isGreaterThan(90_000);
        }
    }

    @Test
    void an_operator_puts_an_organization_on_a_plan_and_it_is_seen_whose_numbers_hold() {
        assertThat(put("/api/v1/plans/studio", "{\"running_jobs\":9,\"live_requests\":4}")
                        .status())
                .isEqualTo(200);
        Reply put = put(
                "/api/v1/organizations/" + owner.organization() + "/plan", "{\"plan\":\"studio\",\"open_jobs\":44}");
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        Reply limits = customer.get("/api/v1/limits");
        assertThat(limits.at("plan")).isEqualTo("studio");
        assertThat(limits.text())
                .contains(
                        "\"measure\":\"running_jobs\",\"modality\":null,\"model\":null,\"source\":\"plan\",\"limit\":9")
                .contains(
                        "\"measure\":\"live_requests\",\"modality\":null,\"model\":null,\"source\":\"plan\",\"limit\":4")
                .contains(
                        "\"measure\":\"open_jobs\",\"modality\":null,\"model\":null,\"source\":\"organization\",\"limit\":44");
    }

    @Test
    void complaint_09_what_is_far_below_a_limit_is_never_refused() {
        rules("{\"requests_per_minute\":100,\"tokens_per_minute\":1000000}");
        for (int i = 0; i < 40; i++) {
            assertThat(customer.post("/v1/chat/completions", CHAT).status()).isEqualTo(200);
        }
    }

    @Test
    void a_plan_is_the_operators_to_set_and_a_keys_rules_its_organizations() {
        assertThat(put("/api/v1/plans/tiny", "{\"requests_per_minute\":1}").status())
                .isEqualTo(200);
        assertThat(put("/api/v1/plans/tiny", "{\"requests\":1}").status()).isEqualTo(400);
        Caller json = customer.with("Content-Type", "application/json");
        byte[] one = "{\"requests_per_minute\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(json.call("PUT", "/api/v1/plans/tiny", one).status()).isEqualTo(403);
        assertThat(json.call("PUT", "/api/v1/keys/" + owner.id() + "/limits", one)
                        .status())
                .isEqualTo(200);
        assertThat(customer.post("/v1/chat/completions", CHAT).status()).isEqualTo(200);
        assertThat(customer.post("/v1/chat/completions", CHAT).status()).isEqualTo(429);
        assertThat(put("/api/v1/organizations/01890000-0000-7000-8000-000000000000/limits", "{}")
                        .status())
                .isEqualTo(404);
    }
}
