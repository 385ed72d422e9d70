package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a charge is made of, as its customer is told. */
class ExplainChargeTest {
    private static final String GENERATE = "/api/v1/generations";
    private static final String IMAGE =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a lighthouse\",\"settings\":{\"size\":\"64x64\"}}";

    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.check();
        gateway.close();
    }

    @Test
    void a_charge_is_explained_from_price_units_and_attempts() {
        Caller caller = gateway.caller(gateway.customer("5"));
        String made = caller.post(GENERATE, IMAGE).at("id");
        JsonNode told = caller.get("/api/v1/usage/" + made + "/explain").json();
        assertThat(told.path("id").asString("")).isEqualTo("job:" + made);
        assertThat(told.path("lines")
                        .valueStream()
                        .map(line -> line.path("unit").asString("")))
                .contains("image");
        BigDecimal sum = told.path("lines")
                .valueStream()
                .map(line -> new BigDecimal(line.path("amount_usd").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(told.path("charged_usd").asString());
        assertThat(new BigDecimal(told.path("held_usd").asString())
                        .subtract(new BigDecimal(told.path("released_usd").asString())))
                .isEqualByComparingTo(sum);
        assertThat(new String(caller.get("/api/v1/usage?format=csv").bytes(), StandardCharsets.UTF_8))
                .contains("job:" + made + ",")
                .startsWith("id,created_at,");
        assertThat(gateway.caller(gateway.customer("5"))
                        .get("/api/v1/usage/" + made + "/explain")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void what_upstreams_failed_to_serve_is_told_and_paid_by_the_platform() {
        Caller caller = gateway.caller(gateway.customer("5"));
        String failed = caller.post(
                        GENERATE,
                        "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{\"sandbox\":{\"fail\":\"upstream_error\"}}}")
                .at("job_id");
        JsonNode told = caller.get("/api/v1/usage/" + failed + "/explain").json();
        assertThat(told.path("status").asString("")).isEqualTo("failed");
        assertThat(told.path("error").asString("")).isEqualTo("upstream_error");
        assertThat(told.path("charged_usd").asString("")).isEqualTo("0.00");
        assertThat(told.path("released_usd")).isEqualTo(told.path("held_usd"));
        assertThat(told.path("attempts").size()).isPositive();
        told.path("attempts")
                .forEach(attempt ->
                        assertThat(attempt.path("paid_by").asString("")).isEqualTo("platform"));
    }
}
