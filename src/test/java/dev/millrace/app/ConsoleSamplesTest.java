package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Modality;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page of each model says about calling it: the bodies of its examples are taken by the routes that they go to. */
class ConsoleSamplesTest {
    /** A command as the page shows it: its URL, and its body. */
    private static final Pattern CALL = Pattern.compile("curl (\\S+) .*? -d '(\\{.*?})'", Pattern.DOTALL);

    private static Gateway gateway;
    private static Caller client;

    static Stream<String> models() {
        return Catalog.bundled().all().stream().map(Model::id);
    }

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of("limits.open_jobs", "10000", "limits.requests_per_minute", "1000000"));
        client = gateway.caller(gateway.customer("10000"));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static Reply call(String url, String body) {
        return client.post(url.substring(gateway.url().length()), body);
    }

    private static String code(String page, String panel) {
        Matcher found = Pattern.compile("id=\"call-" + panel + "\".*?<code>(.*?)</code>", Pattern.DOTALL)
                .matcher(page);
        return found.find()
                ? found.group(1)
                        .replaceAll("<[^>]*>", "")
                        .replace("&#39;", "'")
                        .replace("&#34;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&")
                : "";
    }

    @ParameterizedTest
    @MethodSource("models")
    void has_a_page_whose_examples_are_taken_by_every_dialect_that_it_shows(String id) {
        Model model = Catalog.bundled().find(id).orElseThrow();
        Reply page = new Caller(gateway.url()).get("/console/models/" + id);
        assertThat(page.status()).isEqualTo(200);
        for (String name : model.input().names()) {
            assertThat(page.text()).contains(">" + name + "</code>");
        }
        boolean complete = !page.text().contains("in place of");
        for (String panel : List.of("curl", "higgsfield", "apiframe")) {
            Matcher call = CALL.matcher(code(page.text(), panel));
            if (!call.find()) {
                assertThat(panel).isNotEqualTo("curl");
                continue;
            }
            String url = call.group(1);
            String body = call.group(2).replace("'\\''", "'");
            if (panel.equals("higgsfield")) {
                url = url.replace(gateway.url(), gateway.url() + "/estimate");
            } else if (panel.equals("curl") && model.modality() != Modality.LANGUAGE) {
                url = gateway.url() + "/api/v1/quotes";
            }
            Reply reply = call(url, body);
            if (complete) {
                assertThat(reply.status())
                        .as("%s: %s → %s", panel, body, reply.text())
                        .isBetween(200, 299);
            }
        }
    }
}
