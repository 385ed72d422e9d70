package dev.millrace.api.millrace.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One thing of each kind, all of one organization, or of a person. */
final class AccessObjects {
    private static final String ABSENT = "01890000-0000-7000-8000-000000000000";

    private AccessObjects() {}

    /** An id of the kind that nothing has. */
    static String absent(String kind) {
        return switch (kind) {
            case "key" -> "absent0absent0ab";
            case "subject" -> "key:absent0absent0ab";
            case "charge" -> "job:" + ABSENT;
            case "invoice" -> "INV-999999";
            default -> ABSENT;
        };
    }

    static Map<String, String> of(Gateway gateway, NewKey owner) {
        Caller caller = gateway.caller(owner);
        Map<String, String> made = new HashMap<>();
        made.put("key", owner.id().text());
        made.put("subject", "key:" + owner.id().text());
        made.put("organization", owner.organization().text());
        made.put(
                "invitation",
                caller.post("/api/v1/invitations", "{\"role\":\"viewer\"}").at("id"));
        Folk.Somebody ann = Folk.signUp(gateway, "ann");
        made.put("person", ann.id());
        made.put("member", first(ann.caller(), "/api/v1/members"));
        made.put("session", first(ann.caller(), "/api/v1/sessions"));
        caller.post(
                "/api/v1/wallet/topups",
                "{\"amount_usd\":\"5\"}"); // its page can not be made here; the payment is begun
        made.put("topup", first(caller, "/api/v1/wallet/topups"));
        Caller operator = gateway.caller(gateway.operator());
        String organization = "/api/v1/organizations/" + owner.organization();
        byte[] billing =
                "{\"invoicing\":true,\"legal_name\":\"Acme\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        operator.with("Content-Type", "application/json").call("PATCH", organization + "/billing", billing);
        work(caller, made);
        made.put(
                "invoice",
                operator.post(organization + "/invoices", "{\"now\":true}")
                        .json()
                        .path("invoice")
                        .path("number")
                        .asString(""));
        for (String installations : new String[] {"code", "run", "erasure", "reconciliation"}) {
            made.put(installations, "01890000-0000-7000-8000-000000000001"); // the operator's alone
        }
        made.forEach((kind, id) -> assertThat(id).as(kind).isNotEmpty());
        return made;
    }

    private static void work(Caller caller, Map<String, String> made) {
        String job = caller.post(
                        "/api/v1/generations",
                        "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\",\"async\":true}")
                .at("id");
        made.put("job", job);
        made.put("charge", "job:" + job);
        made.put(
                "video",
                caller.post("/v1/videos", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"seconds\":\"1\"}")
                        .at("id"));
        Await.until(
                "the picture is made",
                () -> caller.get("/api/v1/jobs/" + job).at("status").equals("completed"));
        made.put("file", first(caller, "/api/v1/storage"));
    }

    private static String first(Caller caller, String list) {
        JsonNode data = caller.get(list).json().path("data");
        return data.path(0).path("id").asString("");
    }
}
