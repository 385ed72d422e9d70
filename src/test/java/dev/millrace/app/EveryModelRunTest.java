package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Examples;
import dev.millrace.testkit.Opened;
import dev.millrace.testkit.Seeds;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every model of the catalogue that makes files: an example that its schema allows is quoted, run by the sandbox as a job of
 * the whole gateway, charged as quoted, and what it made is opened. All jobs run at once, so the slowest part is making the files.
 */
class EveryModelRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Set<Modality> FILES = EnumSet.complementOf(EnumSet.of(Modality.LANGUAGE));

    private static Gateway gateway;
    private static Caller client;
    private static final Map<String, Running> RUNNING = new HashMap<>();

    /** @param exact whether the quote knew all that would be made; otherwise it covered the longest film that may come in */
    private record Running(String job, ObjectNode parameters, Money quoted, int outputs, boolean exact) {}

    static Stream<String> models() {
        return Catalog.bundled().all().stream()
                .filter(model -> FILES.contains(model.modality()))
                .map(Model::id);
    }

    @BeforeAll
    static void submit() {
        gateway = Gateway.start(Map.of("limits.open_jobs", "1000", "sandbox.studio_threads", "2"));
        client = gateway.caller(gateway.customer("1000"));
        String image = output("sandbox/image", Json.object().put("size", "64x64"));
        Map<String, String> files = new HashMap<>(Map.of(
                "image", image,
                "video", output("sandbox/video", Json.object().put("duration", 1)),
                "audio", output("sandbox/music", Json.object().put("duration", 5)),
                "custom_reference_id", soulId(image)));
        Running training = start(Catalog.bundled().find("flux-lora/training").orElseThrow(), files);
        files.put("loraId", ended(training.job()).path("id").asString());
        Catalog.bundled().all().stream()
                .filter(model -> FILES.contains(model.modality()))
                .forEach(model -> RUNNING.put(model.id(), start(model, files)));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.check();
            gateway.close();
        }
    }

    private static Running start(Model model, Map<String, String> files) {
        Examples examples =
                new Examples(model.inputSchema(), Seeds.random("EveryModelRunTest " + model.id())).withFiles(files);
        ObjectNode parameters = model.checked(examples.least(), UnknownFields.REJECT);
        parameters.putObject("sandbox").put("draft", true);
        ObjectNode body = Json.object().put("model", model.id());
        body.set("settings", parameters);
        Reply quote = client.post("/api/v1/quotes", body);
        assertThat(quote.status()).as("the quote of %s: %s", body, quote).isEqualTo(201);
        body.put("quote_id", quote.at("id")).put("async", true);
        Reply job = client.post("/api/v1/generations", body);
        assertThat(job.status()).as("%s: %s", body, job).isEqualTo(202);
        return new Running(
                job.at("id"),
                parameters,
                Money.usd(quote.at("max_charge_usd")),
                model.outputs(parameters),
                model.planned(parameters).equals(model.exactlyPlanned(parameters)));
    }

    private static String output(String model, ObjectNode settings) {
        ObjectNode body =
                Json.object().put("model", model).put("prompt", "a mill").put("async", true);
        body.set("settings", settings);
        return ended(client.post("/api/v1/generations", body).at("id"))
                .path("output_urls")
                .path(0)
                .asString();
    }

    private static String soulId(String image) {
        ObjectNode settings = Json.object().put("name", "Ann");
        settings.putArray("input_images").addObject().put("image_url", image);
        ObjectNode body = Json.object().put("model", "soul-id").put("async", true);
        body.set("settings", settings);
        return ended(client.post("/api/v1/generations", body).at("id"))
                .path("id")
                .asString();
    }

    private static JsonNode ended(String job) {
        Await.until(
                "job " + job + " has ended",
                PATIENCE,
                () -> !client.get("/api/v1/jobs/" + job)
                        .json()
                        .path("finished_at")
                        .asString("")
                        .isEmpty());
        return client.get("/api/v1/jobs/" + job).json();
    }

    @ParameterizedTest
    @MethodSource("models")
    void is_quoted_run_charged_as_quoted_and_its_outputs_open(String model) {
        Running running = RUNNING.get(model);
        JsonNode job = ended(running.job());
        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("completed");
        Money charge = Money.usd(job.path("charge_usd").asString());
        if (!running.exact()) {
            assertThat(charge).isGreaterThan(Money.ZERO).isLessThanOrEqualTo(running.quoted());
        }
        assertThat(charge).isEqualTo(running.exact() ? running.quoted() : priced(model, running));
        JsonNode outputs = job.path("output_urls");
        assertThat(outputs.size()).isEqualTo(running.outputs());
        Modality modality = Catalog.bundled().find(model).orElseThrow().modality();
        outputs.forEach(url -> Opened.as(
                modality, client.bare().call("GET", url.asString(), new byte[0]).bytes()));
    }

    /** What the price list that was quoted says of the units that were reported. */
    private static Money priced(String model, Running running) {
        JsonNode row = client.get("/api/v1/usage?limit=100&model=" + model)
                .json()
                .path("data")
                .valueStream()
                .filter(each -> each.path("id").asString().endsWith(running.job()))
                .findFirst()
                .orElseThrow();
        Units used = Units.NONE;
        for (Map.Entry<String, JsonNode> unit : row.path("units").properties()) {
            used = used.with(
                    Unit.parse(unit.getKey()).orElseThrow(), unit.getValue().asLong());
        }
        return Catalog.bundled().find(model).orElseThrow().prices().charge(running.parameters(), used);
    }
}
