package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.api.millrace.people.Folk;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an operator does to others at the command line, through a running server and beside none. */
class OperatorCommandsTest {
    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {
        JsonNode json() {
            return Json.readOwn(out);
        }
    }

    private static Ended admin(List<String> last, String... words) {
        List<String> all = new ArrayList<>(List.of("admin"));
        all.addAll(List.of(words));
        all.addAll(last);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Ended(code, out.toString(), err.toString());
    }

    @Test
    void through_a_server_the_operator_manages_the_people_and_keys_of_another_organization() {
        try (Gateway gateway = Gateway.start(Folk.OPEN)) {
            NewKey customer = gateway.customer("5");
            String org = customer.organization().text();
            List<String> at =
                    List.of("--url", gateway.url(), "--key", gateway.operator().full());
            people(at, org);
            Ended cap = admin(at, "cap", "set", "key:" + customer.id(), "day", "2", "--org", org);
            assertThat(cap.out() + cap.err()).contains("\"limit_usd\" : \"2.00\"");
            assertThat(admin(at, "cap", "list", "--org", org).out())
                    .contains(customer.id().text());
            assertThat(admin(at, "org", "list").out()).contains(org);
            assertThat(admin(at, "audit-log", "--org", org).out())
                    .contains("cap.set", "member.role", "organization.create");
            assertThat(admin(at, "org", "resume", org).err()).contains("is not suspended");
            assertThat(admin(at, "org", "billing", org, "--invoicing", "on", "--name", "Acme")
                            .out())
                    .contains("\"invoicing\" : true");
            gateway.caller(customer)
                    .post("/api/v1/generations", "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\"}");
            assertThat(admin(at, "invoice", "close", org, "--now").out()).contains("INV-000001");
            assertThat(admin(at, "invoice", "list").out()).contains("INV-000001", "Acme");
            Path pdf = folder.resolve("invoice.pdf");
            Ended shown = admin(at, "invoice", "show", "INV-000001", "--pdf", pdf.toString());
            assertThat(shown.out()).as(shown.err()).contains("sandbox/image");
            assertThat(pdf).exists();
            assertThat(admin(at, "key", "rotate", customer.id().text(), "--org", org)
                            .out())
                    .startsWith("mr_");
            assertThat(admin(at, "key", "end-former", customer.id().text(), "--org", org)
                            .out())
                    .contains(customer.id().text());
            assertThat(gateway.caller(customer).get("/api/v1/wallet").status()).isEqualTo(401);
        }
    }

    private static void people(List<String> at, String org) {
        Ended made = admin(at, "person", "create", "ann@example.org", "--org", org, "--role", "admin", "--json");
        assertThat(made.out()).as(made.err()).contains("mp_");
        assertThat(admin(at, "person", "list").out()).contains("ann@example.org");
        String member = admin(at, "member", "list", "--org", org, "--json")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asString();
        assertThat(admin(at, "member", "suspend", member, "--reason", "on leave", "--org", org)
                        .out())
                .contains("\"suspended\" : true");
        assertThat(admin(at, "member", "resume", member, "--org", org).out()).contains("\"suspended\" : false");
        admin(at, "person", "create", "eve@example.org", "--org", org);
        assertThat(admin(at, "member", "role", member, "viewer", "--org", org).out())
                .contains("\"role\" : \"viewer\"");
        Ended link = admin(at, "person", "password-link", "ann@example.org", "--json");
        assertThat(link.json().path("token").asString()).startsWith("mp_");
        Ended invited = admin(at, "invitation", "create", "--role", "viewer", "--org", org, "--json");
        assertThat(invited.out()).contains("mi_");
        String invitation = invited.json().path("id").asString();
        assertThat(admin(at, "invitation", "list", "--org", org).out()).contains(invitation);
        assertThat(admin(at, "invitation", "revoke", invitation, "--org", org).out())
                .contains("deleted");
        String person = made.json().path("person").path("id").asString();
        assertThat(admin(at, "session", "list", person).code()).isZero();
        assertThat(admin(at, "session", "end", person).out()).contains("ended");
    }

    @Test
    void beside_no_server_the_same_commands_work_on_the_data_directory() {
        List<String> at = List.of("--data", folder.resolve("data").toString());
        assertThat(admin(at, "init").code()).isZero();
        String org = admin(at, "org", "create", "Acme", "--json")
                .json()
                .path("organization")
                .asString();
        people(
                List.of("--data", folder.resolve("data").toString()),
                org,
                admin(at, "person", "create", "ann@example.org", "--org", org, "--role", "admin")
                        .code());
        assertThat(admin(at, "audit-log").out()).contains("organization.create", "member.add", "invitation.create");
        assertThat(admin(at, "topup", org, "5", "--reason", "cheque").code()).isZero();
        assertThat(admin(at, "audit-log", "--action", "topup").out()).contains("cheque");
        Ended refused = admin(at, "refund", "job:none", "1");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--reason");
    }

    private static void people(List<String> at, String org, int made) {
        assertThat(made).isZero();
        String member = admin(at, "member", "list", "--org", org, "--json")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asString();
        assertThat(admin(at, "member", "suspend", member, "--reason", "on leave", "--org", org)
                        .out())
                .contains("\"suspended\" : true");
        assertThat(admin(at, "member", "resume", member, "--org", org).out()).contains("\"changed\" : true");
        Ended invited = admin(at, "invitation", "create", "--org", org, "--json");
        assertThat(invited.out()).contains("mi_");
        assertThat(admin(at, "invitation", "revoke", invited.json().path("id").asString(), "--org", org)
                        .out())
                .contains("deleted");
        assertThat(admin(at, "person", "password-link", "ann@example.org").out())
                .contains("mp_");
        String person = admin(at, "person", "list").out().split(" ")[0];
        assertThat(admin(at, "session", "end", person).out()).contains("ended");
    }

    @Test
    void a_test_key_begins_no_payment_with_real_money() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "payments.stripe_key", "sk_live_ofthetests0123456789", "payments.stripe_url", "http://127.0.0.1:1"));
        try (Gateway gateway = Gateway.start(settings)) {
            Caller test = gateway.caller(gateway.customer("5"));
            Caller.Reply refused = test.post("/api/v1/wallet/topups", "{\"amount_usd\":\"5\"}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.at("reason")).isEqualTo("test_key");
            assertThat(test.get("/api/v1/wallet/topups").json().path("data")).isEmpty();
            assertThat(test.with("Content-Type", "application/json")
                            .call("PUT", "/api/v1/wallet/auto-topup", "{}".getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(403);
        }
    }
}
