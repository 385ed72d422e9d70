package dev.millrace.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.access.Environment;
import dev.millrace.access.Principal;
import dev.millrace.billing.Quote;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.CatalogSettings;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.QuoteId;
import dev.millrace.json.Json;
import dev.millrace.limits.LimitSettings;
import dev.millrace.limits.RequestRate;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.Message;
import dev.millrace.provider.Message.Role;
import dev.millrace.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AdmissionTest {
    private static final List<Message> HELLO = List.of(new Message(Role.USER, "héllo"));

    @TempDir
    Path models;

    private final AtomicLong nanos = new AtomicLong();
    private final TestDatabase db = TestDatabase.sqlite();
    private final IdSource ids = new IdSource(db.clock(), new SecureRandom());
    private final PriceVersionStore prices = new PriceVersionStore();
    private final Quotes quotes = new Quotes(prices::find, ids);
    private final RequestRate rate = new RequestRate(new LimitSettings(100, 1, 1), nanos::get);
    private final Principal principal = new Principal(
            ids.organization(), new KeyId("aaaaaaaaaaaa"), "a key", Environment.TEST, new byte[32], false);

    private Catalog catalog = Catalog.bundled();
    private Admission admission = new Admission(rate, catalog, quotes, db.database(), parameters -> {});

    @BeforeEach
    void open() throws IOException {
        write("blocked");
        write("disabled");
        catalog = Catalog.open(
                new CatalogSettings(models, Duration.ofDays(1)),
                all -> db.writer().write("catalog", tx -> {
                    prices.remember(tx, all);
                    return all.size();
                }),
                new SimpleMeterRegistry());
        admission = new Admission(rate, catalog, quotes, db.database(), parameters -> {});
    }

    @AfterEach
    void close() {
        catalog.close();
        db.close();
    }

    @Test
    void what_is_admitted_is_checked_planned_and_priced() {
        AdmittedMedia admitted =
                admission.admit(ask("higgsfield-ai/soul/standard", Modality.IMAGE, "{'prompt':'x','num_images':2}"));
        assertThat(admitted.parameters().path("resolution").asString()).isEqualTo("2K");
        assertThat(admitted.planned()).isEqualTo(Units.of(Unit.IMAGE, 2));
        assertThat(admitted.quote().max().toUsd()).isEqualTo("0.188");
        assertThat(admitted.quote().priceVersion())
                .isEqualTo(admitted.model().prices().version());
        assertThat(admitted.rate().remaining()).isEqualTo(99);
    }

    /** Each request has all the faults from its own downwards; the first is the answer. */
    @ParameterizedTest
    @CsvSource({
        "no/such, music, MODEL_NOT_FOUND, model",
        "test/blocked, music, MODEL_BLOCKED, ''",
        "test/disabled, music, MODEL_DISABLED, ''",
        "sandbox/video, music, INVALID_PARAMETER, model",
        "sandbox/video, video, INVALID_PARAMETER, prompt"
    })
    void the_first_fault_in_the_stated_order_is_the_answer(
            String model, String expected, ProblemCode code, String field) {
        Problem problem = problem(() -> admission.admit(new Ask(
                principal,
                "millrace",
                model,
                Modality.parse(expected).orElseThrow(),
                Json.object().put("duration", 99),
                UnknownFields.REJECT,
                ids.quote())));
        assertThat(problem.code()).isEqualTo(code);
        if (!problem.fields().isEmpty()) {
            assertThat(problem.fields().getFirst().path()).isEqualTo(field);
        }
    }

    @Test
    void the_rate_comes_first_and_counts_refused_requests_too() {
        for (int i = 0; i < 100; i++) {
            problem(() -> admission.admit(ask("no/such", null, "{}")));
        }
        Problem problem = problem(() -> admission.admit(ask("no/such", null, "{}")));
        assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED);
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void an_unknown_model_suggests_up_to_three() {
        Problem problem = problem(() -> admission.admit(ask("sandbox/vidio", null, "{}")));
        assertThat(problem.detail()).isEqualTo("There is no model \"sandbox/vidio\"; did you mean sandbox/video?");
        assertThat(problem.facts()).containsEntry("did_you_mean", "sandbox/video");
        assertThat(problem(() -> admission.admit(ask("x".repeat(1_000_000), null, "{}")))
                        .detail())
                .hasSizeLessThan(200);
    }

    @Test
    void a_model_of_another_kind_says_what_it_makes() {
        Problem problem = problem(() -> admission.admit(ask("sandbox/video", Modality.IMAGE, "{'prompt':'x'}")));
        assertThat(problem.fields().getFirst().message())
                .isEqualTo("sandbox/video makes video; this request is for image.");
        assertThat(problem(() -> admission.admit(ask("sandbox/text", null, "{}")))
                        .code())
                .isEqualTo(ProblemCode.INVALID_PARAMETER);
        assertThat(problem(() -> admission.admitText(ask("sandbox/image", null, "{}"), Dialogue.of(HELLO)))
                        .fields()
                        .getFirst()
                        .path())
                .isEqualTo("model");
    }

    @Test
    void a_conversation_is_priced_at_the_most_tokens_that_it_can_be() {
        AdmittedText admitted =
                admission.admitText(ask("sandbox/text", null, "{'max_tokens':7,'seed':5}"), Dialogue.of(HELLO));
        long bytes = "héllo".getBytes(StandardCharsets.UTF_8).length;
        assertThat(admitted.planned().get(Unit.INPUT_TOKEN))
                .isGreaterThanOrEqualTo(bytes)
                .isEqualTo(bytes + 32);
        assertThat(admitted.planned().get(Unit.OUTPUT_TOKEN)).isEqualTo(7);
        assertThat(admitted.maxOutputTokens()).isEqualTo(7);
        assertThat(admitted.seed()).hasValue(5);
        assertThat(admitted.parameters().propertyNames()).isEmpty();
        assertThat(admitted.quote().max().nanos()).isEqualTo((bytes + 32) * 150 + 7 * 600);
    }

    @Test
    void without_max_tokens_the_model_s_own_is_held() {
        AdmittedText admitted = admission.admitText(ask("sandbox/text", null, "{}"), Dialogue.of(HELLO));
        assertThat(admitted.maxOutputTokens()).isEqualTo(1024);
        assertThat(admitted.seed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "8193", "9223372036854775808", "1e400", "'5'", "null", "1.5"})
    void max_tokens_out_of_range_is_refused(String value) {
        Problem problem = problem(() ->
                admission.admitText(ask("sandbox/text", null, "{'max_tokens':" + value + "}"), Dialogue.of(HELLO)));
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
        assertThat(problem.fields()).extracting(FieldError::path).containsExactly("max_tokens");
    }

    @Test
    void messages_are_bounded() {
        assertThat(text(List.of()).fields().getFirst().rule()).isEqualTo("minItems");
        assertThat(text(Collections.nCopies(2049, HELLO.getFirst()))
                        .fields()
                        .getFirst()
                        .rule())
                .isEqualTo("maxItems");
        assertThat(text(List.of(new Message(Role.USER, "x".repeat(10_000_000))))
                        .fields()
                        .getFirst()
                        .path())
                .isEqualTo("messages");
        assertThat(text(List.of(HELLO.getFirst(), new Message(Role.USER, "a\0b")))
                        .fields()
                        .getFirst()
                        .path())
                .isEqualTo("messages.1.content");
        AdmittedText large = admission.admitText(
                ask("sandbox/text", null, "{}"), Dialogue.of(List.of(new Message(Role.USER, "word ".repeat(100_000)))));
        assertThat(large.planned().get(Unit.INPUT_TOKEN))
                .as("more than the context is never read")
                .isEqualTo(131_072);
    }

    @Test
    void a_binding_quote_is_looked_up_for_its_own_request() {
        AdmittedMedia first = admission.admit(ask("sandbox/video", null, "{'prompt':'x','duration':10}"));
        Quote bound = db.writer()
                .write("quotes", tx -> quotes.bind(tx, principal.organization(), principal.key(), first.quote()));
        QuoteId id = bound.id();
        AdmittedMedia under = admission.admit(ask("sandbox/video", "{'prompt':'y','duration':4}", id));
        assertThat(under.quote().id()).isEqualTo(id);
        assertThat(under.quote().max().toUsd()).isEqualTo("0.08");
        Problem other = problem(() -> admission.admit(ask("sandbox/image", "{'prompt':'y'}", id)));
        assertThat(other.code()).isEqualTo(ProblemCode.QUOTE_NOT_USABLE);
    }

    @Test
    void an_estimate_of_language_needs_no_messages() {
        assertThat(admission
                        .priceText(ask("sandbox/text", null, "{}"), 1_000_000, 1_000_000)
                        .max()
                        .toUsd())
                .isEqualTo("0.75");
    }

    private Problem text(List<Message> messages) {
        return problem(() -> admission.admitText(ask("sandbox/text", null, "{}"), Dialogue.of(messages)));
    }

    private static Problem problem(ThrowingCallable call) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
        assertThat(thrown).as("nothing was refused").isNotNull();
        return thrown.problem();
    }

    private Ask ask(String model, @Nullable Modality expected, String parameters) {
        return new Ask(principal, "millrace", model, expected, json(parameters), UnknownFields.REJECT, null);
    }

    private Ask ask(String model, String parameters, @Nullable QuoteId quote) {
        return new Ask(principal, "millrace", model, null, json(parameters), UnknownFields.REJECT, quote);
    }

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void write(String status) throws IOException {
        Files.writeString(models.resolve(status + ".yaml"), """
                models:
                  - id: test/%s
                    status: %s
                    title: Off
                    description: Not now.
                    owned_by: nobody
                    modality: image
                    operations: []
                    input: { type: object, properties: {} }
                    units: { image: { constant: 1 } }
                    prices: { source: a test, date: 2026-11-01, rules: [{ unit: image, usd: "1" }] }
                    timeout: 1m
                    retention: 1d
                """.formatted(status, status));
    }
}
