package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox is told, and what it makes for a model that it was never written for. */
class SandboxInstructionsTest {
    private static Gateway gateway;
    private static Caller client;

    @BeforeAll
    static void start(@TempDir Path catalog) throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/catalog.md")));
        assertThat(example.find()).isTrue();
        String withoutUpstream = example.group(1).replaceAll("(?m)^    deployments:.*\n.*\n", "");
        Files.writeString(catalog.resolve("acme.yaml"), withoutUpstream);
        gateway = Gateway.start(Map.of("catalog.directory", catalog.toString()));
        client = gateway.caller(gateway.customer("5"));
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            closed.check();
        }
    }

    @Test
    void a_model_of_the_operators_own_gets_as_many_files_as_it_counts_and_charges() {
        Reply reply = client.post(
                "/api/v1/generations",
                "{\"model\":\"acme/painter-2\",\"prompt\":\"a\",\"settings\":{\"images\":3,\"quality\":\"draft\"}}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json().path("outputs").size()).as(reply.toString()).isEqualTo(3);
        assertThat(reply.at("charge_usd")).isEqualTo("0.06");
    }

    @Test
    void an_instruction_that_is_none_is_refused_by_name_and_creates_nothing() {
        for (String wrong : List.of(
                "{\"latency\":0}",
                "{\"latency_ms\":-1}",
                "{\"fail\":\"explode\"}",
                "{\"nsfw\":7}",
                "{\"never_finish\":\"yes\"}",
                "{\"usage\":{\"cake\":1}}",
                "[]",
                "\"x\"")) {
            for (String[] create : new String[][] {
                {"/api/v1/generations", "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{\"sandbox\":%s}}"},
                {"/api/v1/generations", "{\"model\":\"sandbox/text\",\"prompt\":\"a\",\"settings\":{\"sandbox\":%s}}"},
                {"/api/v1/videos/generations", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"sandbox\":%s}"},
                {"/api/v1/quotes", "{\"model\":\"sandbox/image\",\"settings\":{\"sandbox\":%s}}"},
            }) {
                Reply reply = client.post(create[0], create[1].formatted(wrong));
                assertThat(reply.status()).as(create[0] + " " + wrong + reply).isEqualTo(400);
                assertThat(reply.at("code")).isEqualTo("invalid_parameter");
                assertThat(reply.json().path("errors").path(0).path("field").asString(""))
                        .startsWith("sandbox");
            }
        }
        assertThat(gateway.openHolds()).isZero();
    }
}
