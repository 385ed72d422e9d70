package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The operator's books through a running server. */
class ReconcileCommandTest {
    @Test
    void the_operator_audits_and_matches_an_invoice_through_a_running_server() {
        try (Gateway gateway = Gateway.start()) {
            NewKey customer = gateway.customer("5");
            Reply made = gateway.caller(customer)
                    .post("/api/v1/generations", "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\"}");
            assertThat(made.status()).as(made.text()).isLessThan(300);
            Caller operator = gateway.caller(gateway.operator());
            Reply run = operator.post("/api/v1/audit/run", "{\"scope\":\"full\"}");
            assertThat(run.status()).as(run.text()).isEqualTo(201);
            assertThat(run.json().path("ok").asBoolean()).as(run.text()).isTrue();
            assertThat(operator.get("/api/v1/audit/runs").json().path("data").size())
                    .isEqualTo(1);
            assertThat(operator.get("/api/v1/audit").json().path("checks").size())
                    .isGreaterThan(20);
            assertThat(new Caller(gateway.url()).get("/metrics").text())
                    .contains("millrace_audit_check{check=\"M1\"} 1.0");
            YearMonth month = YearMonth.now(ZoneOffset.UTC);
            Reply imported = operator.with("Content-Type", "text/csv")
                    .call(
                            "POST",
                            "/api/v1/reconciliations?provider=sandbox&period=" + month
                                    + "&columns=request%3Did%2Camount%3Dusd",
                            "id,usd\nnobodys,0.5\n".getBytes(StandardCharsets.UTF_8));
            assertThat(imported.status()).as(imported.text()).isEqualTo(201);
            assertThat(imported.json().path("theirs_only").asLong()).isEqualTo(1);
            String lines = "/api/v1/reconciliations/" + imported.at("id") + "/lines";
            assertThat(operator.get(lines + "?format=csv&verdict=theirs_only").text())
                    .contains("theirs_only,request,nobodys");
            assertThat(operator.post(lines + "/1/book", "{\"reason\":\"agreed\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(operator.post(lines + "/1/book", "{\"reason\":\"agreed\"}")
                            .status())
                    .isEqualTo(200);
            gateway.check();
        }
    }
}
