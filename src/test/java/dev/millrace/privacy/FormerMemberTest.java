package dev.millrace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.millrace.people.Folk;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who was a member once leaves as little behind as who is one. */
@ParameterizedClass
@EnumSource(SqlDialect.class)
class FormerMemberTest {
    private static final String HIM = "quillon.brackenfall";
    private static final String HER = "cara.winterbourne";
    private static final String ADDRESS = "203.0.113.177";
    private static final Map<String, Canary> HIS = Map.of("name", new Canary(HIM), "address", new Canary(ADDRESS));

    @Parameter
    SqlDialect dialect;

    private Gateway gateway;
    private Caller operator;
    private Somebody owner;

    @BeforeEach
    void start() {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.put("server.trusted_proxies", "127.0.0.0/8");
        gateway = Folk.gateway(dialect, settings);
        operator = gateway.caller(gateway.operator());
        owner = Folk.signUp(gateway, "ann");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whoever_left_an_organization_before_he_is_erased_leaves_no_trace_in_it() {
        Somebody quillon = arrives(HIM);
        String first = joins(quillon, HIM);
        ok(owner.caller().delete("/api/v1/members/" + first));
        String second = joins(quillon, HIM);
        ok(owner.caller().delete("/api/v1/members/" + second));

        ok(operator.post("/api/v1/people/" + quillon.id() + "/erase", "{\"reason\":\"ticket 7\"}"));

        assertThat(Traces.in(gateway.database(), HIS)).isEmpty();
    }

    @Test
    void whoever_is_a_member_still_leaves_no_trace_in_what_his_keys_did() {
        Somebody quillon = arrives(HIM);
        joins(quillon, HIM);

        ok(operator.post("/api/v1/people/" + quillon.id() + "/erase", "{\"reason\":\"ticket 8\"}"));

        assertThat(Traces.in(gateway.database(), HIS)).isEmpty();
    }

    @Test
    void another_former_member_keeps_what_is_known_of_him() {
        Somebody quillon = arrives(HIM);
        Somebody cara = arrives(HER);
        ok(owner.caller().delete("/api/v1/members/" + joins(cara, HER)));
        ok(owner.caller().delete("/api/v1/members/" + joins(quillon, HIM)));
        List<String> before = Traces.in(gateway.database(), Map.of("name", new Canary(HER)));

        ok(operator.post("/api/v1/people/" + quillon.id() + "/erase", "{\"reason\":\"ticket 9\"}"));

        assertThat(Traces.in(gateway.database(), Map.of("name", new Canary(HER))))
                .contains("api_keys.name: name", "audit_particulars.facts: name", "suspensions.reason: name")
                .isEqualTo(before);
    }

    /** Signs up, and leaves the organization that was founded for him to the owner. */
    private Somebody arrives(String name) {
        Somebody who = Folk.signUp(gateway, name);
        byte[] renamed = "{\"name\":\"handed over\"}".getBytes(StandardCharsets.UTF_8);
        ok(who.caller().call("PATCH", "/api/v1/organizations/" + who.organization(), renamed));
        Reply invitation = ok(who.caller().post("/api/v1/invitations", "{\"role\":\"owner\"}"));
        accepts(owner, invitation);
        return who;
    }

    private static void accepts(Somebody who, Reply invitation) {
        ok(who.caller().post("/api/v1/invitations/accept", "{\"token\":\"" + invitation.at("token") + "\"}"));
    }

    /** Becomes a member of the owner's organization, with keys, and is named in all that is done about him; his membership. */
    private String joins(Somebody who, String name) {
        Reply invitation = ok(owner.caller().post("/api/v1/invitations", "{\"role\":\"admin\"}"));
        accepts(who, invitation);
        String member = owner.caller()
                .get("/api/v1/members")
                .json()
                .path("data")
                .valueStream()
                .filter(one -> one.toString().contains(who.id()))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow();
        Reply made = ok(owner.caller()
                .post(
                        "/api/v1/keys",
                        "{\"name\":\"laptop of " + name + "\",\"role\":\"admin\",\"member_id\":\"" + member + "\"}"));
        Caller key = new Caller(gateway.url())
                .with("Authorization", "Bearer " + made.at("key"))
                .with("X-Forwarded-For", ADDRESS);
        ok(key.post(
                "/api/v1/keys",
                "{\"name\":\"tablet of " + name + "\",\"role\":\"viewer\",\"member_id\":\"" + member + "\"}"));
        String why = "{\"reason\":\"" + name + " lost his laptop\"}";
        ok(owner.caller()
                .post("/api/v1/keys/" + made.json().path("data").path("hash").asString() + "/suspend", why));
        ok(owner.caller().post("/api/v1/members/" + member + "/suspend", why));
        return member;
    }

    private static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 202);
        return reply;
    }
}
