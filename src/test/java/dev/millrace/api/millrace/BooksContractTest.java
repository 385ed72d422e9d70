package dev.millrace.api.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the document says of customers' prices, of the audit and of reconciliations is what is answered. */
class BooksContractTest {
    private static final String IMAGE = "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\"}";
    private static final String NOBODY = UUID.randomUUID().toString();
    private static final String MONTH = YearMonth.now(ZoneOffset.UTC).toString();

    private Gateway gateway;
    private WrittenContract contract;
    private Caller operator;
    private Caller customer;
    private String organization;

    @BeforeEach
    void start() {
        gateway = Gateway.start();
        contract = new WrittenContract(new Caller(gateway.url()));
        operator = gateway.caller(gateway.operator());
        var key = gateway.customer("5");
        organization = key.organization().toString();
        customer = gateway.caller(key);
        assertThat(customer.post("/api/v1/generations", IMAGE).status()).isBetween(200, 299);
    }

    @AfterEach
    void stop() {
        gateway.check();
        gateway.close();
    }

    @Test
    void markups_and_minimums() {
        String whom = "\"for\":\"organization:" + organization + "\"";
        is("setMarkup", 200, put("markup", "{" + whom + ",\"factor\":\"1.5\"}"));
        is("setMarkup", 400, put("markup", "{" + whom + ",\"factor\":\"1,5\"}"));
        is("setMarkup", 404, put("markup", "{\"for\":\"organization:" + NOBODY + "\",\"factor\":\"1.5\"}"));
        is("setMinimum", 200, put("minimum", "{" + whom + ",\"of\":\"modality:image\",\"usd\":\"0.5\"}"));
        is("setMinimum", 400, put("minimum", "{" + whom + ",\"of\":\"model:no/such\",\"usd\":\"0.5\"}"));
        is("setMinimum", 404, put("minimum", "{\"for\":\"organization:" + NOBODY + "\",\"usd\":\"0.5\"}"));
        is("listPriceTerms", 200, operator.get("/api/v1/prices/terms"));
        is(
                "listOrganizationPrices",
                200,
                operator.get("/api/v1/organizations/" + organization + "/prices?model=sandbox/image"));
        is("removeMarkup", 200, operator.delete("/api/v1/prices/markup?for=organization:" + organization));
        is("removeMarkup", 400, operator.delete("/api/v1/prices/markup?for=acme"));
        is("removeMinimum", 200, operator.delete("/api/v1/prices/minimum?for=organization:" + organization));
        is("removeMinimum", 400, operator.delete("/api/v1/prices/minimum?for=default&of=nothing"));
    }

    @Test
    void versions_and_a_past_time_priced_anew() {
        is("listPriceVersions", 200, customer.get("/api/v1/prices/versions?model=sandbox/image"));
        is("listPriceVersions", 400, customer.get("/api/v1/prices/versions"));
        is("listPriceVersions", 404, customer.get("/api/v1/prices/versions?model=no/such"));
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String past = "{\"from\":\"" + today + "\",\"to\":\"" + today + "\",\"markup\":\"2\"%s}";
        is("ratePast", 200, customer.post("/api/v1/prices/rerate", past.formatted("")));
        Reply table =
                is("ratePast", 200, customer.post("/api/v1/prices/rerate", past.formatted(",\"format\":\"csv\"")));
        assertThat(table.text()).startsWith("kind,name,requests");
        is(
                "ratePast",
                400,
                customer.post(
                        "/api/v1/prices/rerate", past.replace(today, "soon").formatted("")));
        String others = ",\"organization\":\"%s\"".formatted(NOBODY);
        is("ratePast", 403, customer.post("/api/v1/prices/rerate", past.formatted(others)));
        is("ratePast", 404, operator.post("/api/v1/prices/rerate", past.formatted(others)));
    }

    @Test
    void the_audit() {
        Reply run = is("runAudit", 201, operator.post("/api/v1/audit/run", "{\"scope\":\"full\"}"));
        is("runAudit", 400, operator.post("/api/v1/audit/run", "{\"scope\":\"half\"}"));
        is("getAudit", 200, operator.get("/api/v1/audit"));
        is("listAuditRuns", 200, operator.get("/api/v1/audit/runs"));
        is("getAuditRun", 200, operator.get("/api/v1/audit/runs/" + run.at("id")));
        is("getAuditRun", 404, operator.get("/api/v1/audit/runs/" + NOBODY));
        is("listStuckHolds", 200, operator.get("/api/v1/audit/holds"));
        is("getAudit", 403, customer.get("/api/v1/audit"));
    }

    @Test
    void reconciliations() {
        Reply match = is("importInvoice", 201, bill("provider=sandbox&period=" + MONTH, "id,usd\nnobodys,0.5\n"));
        is("importInvoice", 200, bill("provider=sandbox&period=" + MONTH, "id,usd\nnobodys,0.5\n"));
        is("importInvoice", 400, bill("provider=sandbox&period=lately", "id,usd\nnobodys,0.5\n"));
        is("listReconciliations", 200, operator.get("/api/v1/reconciliations"));
        String one = "/api/v1/reconciliations/" + match.at("id");
        is("getReconciliation", 200, operator.get(one));
        is("getReconciliation", 404, operator.get("/api/v1/reconciliations/" + NOBODY));
        is("listReconciliationLines", 200, operator.get(one + "/lines"));
        is("listReconciliationLines", 200, operator.get(one + "/lines?format=csv&verdict=theirs_only"));
        is("listReconciliationLines", 400, operator.get(one + "/lines?verdict=maybe"));
        is("listReconciliationLines", 404, operator.get("/api/v1/reconciliations/" + NOBODY + "/lines"));
        is("bookDifference", 201, operator.post(one + "/lines/1/book", "{\"reason\":\"agreed\"}"));
        is("bookDifference", 200, operator.post(one + "/lines/1/book", "{\"reason\":\"agreed\"}"));
        is("bookDifference", 400, operator.post(one + "/lines/1/book", "{}"));
        is("bookDifference", 404, operator.post(one + "/lines/99/book", "{\"reason\":\"agreed\"}"));
        is("listUpstreamFindings", 200, operator.get("/api/v1/reconciliations/findings?period=" + MONTH));
        is("listUpstreamFindings", 400, operator.get("/api/v1/reconciliations/findings?period=lately"));
    }

    private Reply bill(String query, String table) {
        return operator.with("Content-Type", "text/csv")
                .call(
                        "POST",
                        "/api/v1/reconciliations?" + query + "&columns=request%3Did%2Camount%3Dusd",
                        table.getBytes(UTF_8));
    }

    private Reply put(String kind, String body) {
        return operator.with("Content-Type", "application/json")
                .call("PUT", "/api/v1/prices/" + kind, body.getBytes(UTF_8));
    }

    private Reply is(String operation, int status, Reply reply) {
        assertThat(reply.status()).as(operation + ": " + reply).isEqualTo(status);
        return contract.check(operation, reply);
    }
}
