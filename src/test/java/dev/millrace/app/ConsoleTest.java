package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's pages for anybody, out of the whole gateway. */
class ConsoleTest {
    private static final String EVIL = "<script>alert(1)</script>\" onload=\"alert(2)";

    @TempDir
    private static Path catalog;

    private static Gateway gateway;
    private static Caller anyone;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(catalog.resolve("evil.yaml"), """
                models:
                  - id: evil/painter
                    title: '%1$s'
                    description: '%1$s'
                    owned_by: evil
                    family: '%1$s'
                    modality: image
                    operations: [text-to-image]
                    input:
                      type: object
                      properties: { prompt: { type: string, description: '%1$s', enum: ['%1$s'] } }
                    units: { image: { constant: 1 } }
                    prices: { source: 'javascript:alert(3)', date: 2026-11-01, rules: [{ unit: image, usd: "0.01" }] }
                    timeout: 1m
                    retention: 1d
                """.formatted(EVIL));
        gateway = Gateway.start(Map.of(
                "catalog.directory", catalog.toString(),
                "console.name", "Mill & Sons",
                "console.support_email", "help@example.com",
                "console.privacy_url", "https://example.com/privacy",
                "console.terms_url", "https://example.com/terms"));
        anyone = new Caller(gateway.url()).with("Accept", "text/html");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/models",
                "/console/models?type=video&q=kling",
                "/console/models?q=%3Cscript%3Ealert(1)%3C/script%3E",
                "/console/models/sandbox/image",
                "/console/models/evil/painter",
                "/console/prices",
                "/console/start",
                "/console/support",
                "/docs",
                "/docs/apiframe",
                "/console/nothing/here"
            })
    void a_page_holds_no_script_or_style_of_its_own_and_may_load_nothing_from_elsewhere(String path) {
        Reply page = anyone.get(path);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        String html = page.text();
        assertThat(html).doesNotContain("<script>", "<style", "=\"javascript:", " style=");
        assertThat(Pattern.compile("<[^>]* on[a-z]+=").matcher(html).find()).isFalse();
        assertThat(Pattern.compile("(src|href)=\"(https?:)?//(?!example\\.com)[^\"]*\\.(js|css|woff2|svg|png)")
                        .matcher(html)
                        .find())
                .isFalse();
    }

    @Test
    void every_page_leads_to_support_documentation_and_reference_and_says_whose_server_it_is() {
        for (String path :
                List.of("/console/models", "/console/prices", "/console/start", "/docs", "/console/nothing")) {
            assertThat(anyone.get(path).text())
                    .as(path)
                    .contains("href=\"/console/support\"", "href=\"/console/start\"", "href=\"/docs\"")
                    .contains("Mill &amp; Sons", "https://example.com/privacy", "https://example.com/terms");
        }
        assertThat(anyone.get("/console/support").text()).contains("mailto:help@example.com");
    }

    @Test
    void a_browser_is_led_to_the_console_and_a_tool_to_the_document() {
        assertThat(anyone.get("/").status()).isEqualTo(303);
        assertThat(anyone.get("/").header("Location")).isEqualTo("/console");
        assertThat(anyone.get("/openapi.json").header("Location")).isEqualTo("/api/v1/openapi.json");
        assertThat(anyone.get("/favicon.ico").header("Content-Type")).isEqualTo("image/svg+xml");
    }

    @Test
    void the_page_of_a_model_shows_its_parameters_prices_and_times() {
        String page = anyone.get("/console/models/kling-video/v2.5-turbo/pro/text-to-video")
                .text();
        assertThat(page)
                .contains("<code>duration</code>", "required", "cfg_scale", "0 to 1, in steps of 0.01")
                .contains("$0.07", "1.12", "second of video")
                .contains("Usually takes", "stated by the catalogue until it has run here", "20 min", "7 days");
    }

    @Test
    void a_time_that_runs_have_taught_is_shown_as_such() {
        Caller client = gateway.caller(gateway.customer("5"));
        assertThat(client.post("/api/v1/generations", "{\"model\": \"sandbox/image\", \"prompt\": \"a mill\"}")
                        .status())
                .isEqualTo(200);
        assertThat(anyone.get("/console/models/sandbox/image").text())
                .contains("half of the runs on this server", "nine in ten runs on this server");
    }

    @Test
    void models_are_found_by_words_and_by_kind() {
        String found = anyone.get("/console/models?type=music&q=suno").text();
        assertThat(found).contains("/console/models/suno").doesNotContain("/console/models/sandbox/image");
        assertThat(anyone.get("/console/models?q=nosuchthing").text()).contains("No model matches");
    }

    @Test
    void a_model_that_is_not_there_is_a_page_that_says_so() {
        Reply page = anyone.get("/console/models/nobody/nothing");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text()).contains("There is no such model", page.header("X-Request-Id"));
    }

    @Test
    void the_price_list_and_the_reference_name_everything() {
        String prices = anyone.get("/console/prices").text();
        gateway.caller(gateway.operator())
                .get("/api/v1/models")
                .json()
                .path("data")
                .forEach(model ->
                        assertThat(prices).contains("<code>" + model.path("id").asString() + "</code>"));
        String reference = anyone.get("/docs").text();
        anyone.get("/api/v1/openapi.json")
                .json()
                .path("paths")
                .propertyNames()
                .forEach(path -> assertThat(reference).contains("<code>" + path + "</code>"));
        assertThat(anyone.get("/docs/apiframe").text()).contains("/v2/images/generate", "X-API-Key");
    }

    @Test
    void files_are_kept_by_browsers_as_long_as_their_content_stays() {
        String page = anyone.get("/console/models").text();
        var link = Pattern.compile("href=\"(/console/static/[0-9a-f]+/console.css)\"")
                .matcher(page);
        assertThat(link.find()).isTrue();
        assertThat(anyone.get(link.group(1)).header("Cache-Control")).contains("immutable");
        assertThat(anyone.get("/console/static/old/console.css").header("Cache-Control"))
                .doesNotContain("immutable");
        assertThat(anyone.get("/console/static/old/secret").status()).isEqualTo(404);
    }

    @Test
    void a_reader_who_chose_dark_gets_dark_and_no_other_word_gets_into_the_page() {
        assertThat(anyone.with("Cookie", "a=b; theme=dark")
                        .get("/console/models")
                        .text())
                .contains("data-theme=\"dark\"");
        assertThat(anyone.with("Cookie", "theme=\"><b>").get("/console/models").text())
                .contains("data-theme=\"\"");
    }
}
