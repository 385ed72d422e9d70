package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F12 through the whole gateway: the sandbox calls back by this node's own door, as its instructions say. */
class SandboxCallbackTest {
    private static final Map<String, String> SELDOM = Map.of("callbacks.poll_every", "1h");

    private static String submitted(Caller caller, String callback) {
        Caller.Reply reply = caller.post("/api/v1/generations", """
                {"model": "sandbox/image", "prompt": "a mill", "async": true,
                 "sandbox": {"latency_ms": 600, "draft": true, "callback": "%s"}}""".formatted(callback));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        return reply.at("id");
    }

    private static void completed(Caller caller, String id) {
        Await.until(
                "it is completed",
                () -> caller.get("/api/v1/jobs/" + id).at("status").equals("completed"));
    }

    private static boolean counted(Caller caller, String outcome, int times) {
        String line = "millrace_callbacks_total{outcome=\"" + outcome + "\",provider=\"sandbox\"} " + times + ".0";
        return caller.get("/metrics").text().contains(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "twice", "early"})
    void F12_a_callback_of_the_sandbox_ends_a_job_that_is_hardly_asked_about(String callback) {
        try (Gateway gateway = Gateway.start(SELDOM)) {
            Caller caller = gateway.caller(gateway.customer("10"));
            completed(caller, submitted(caller, callback));
            Await.until("all of them came", () -> switch (callback) {
                case "once" -> counted(caller, "taken", 1);
                case "early" -> counted(caller, "taken", 2);
                default -> counted(caller, "taken", 2) || counted(caller, "late", 1);
            });
            gateway.check();
        }
    }

    @Test
    void F12_a_late_one_finds_its_job_ended() {
        try (Gateway gateway = Gateway.start(SELDOM)) {
            Caller caller = gateway.caller(gateway.customer("10"));
            completed(caller, submitted(caller, "late"));
            Await.until("it came behind the end", () -> counted(caller, "late", 1));
            gateway.check();
        }
    }

    @Test
    void F12_one_that_was_promised_and_never_comes_costs_time_and_no_job() {
        try (Gateway gateway = Gateway.start(Map.of("callbacks.poll_every", "700ms"))) {
            Caller caller = gateway.caller(gateway.customer("10"));
            completed(caller, submitted(caller, "never"));
            assertThat(caller.get("/metrics").text()).doesNotContain("millrace_callbacks_total{");
            gateway.check();
        }
    }
}
