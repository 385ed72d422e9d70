package dev.millrace.api.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.bastiaanjansen.otp.TOTPGenerator;
import dev.millrace.api.millrace.people.Folk;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the document says of people, their organizations and the audit log is what is answered. */
class PeopleContractTest {
    private Gateway gateway;
    private WrittenContract contract;
    private Caller nobody;
    private Somebody ann;

    @BeforeEach
    void start() {
        gateway = Gateway.start(Folk.OPEN);
        nobody = new Caller(gateway.url());
        contract = new WrittenContract(nobody);
        ann = Folk.signUp(gateway, "ann");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void signing_in_and_oneself() {
        is("signUp", 201, nobody.post("/api/v1/signup", Folk.signUpBody("bob@example.org", "bob")));
        is("signUp", 400, nobody.post("/api/v1/signup", "{\"email\":\"bob\"}"));
        is("signUp", 401, nobody.post("/api/v1/signup", withInvitation("mi_none")));
        Reply session = is("signIn", 201, Folk.signIn(gateway, ann.email(), Folk.PASSWORD));
        is("signIn", 401, Folk.signIn(gateway, ann.email(), "not the password"));
        is("signIn", 400, nobody.post("/api/v1/sessions", "not JSON"));
        is("listSessions", 200, ann.caller().get("/api/v1/sessions"));
        is("endSession", 200, ann.caller().delete("/api/v1/sessions/" + session.at("id")));
        is("endSession", 404, ann.caller().delete("/api/v1/sessions/" + session.at("id")));
        is("getMe", 200, ann.caller().get("/api/v1/me"));
        is("getMe", 403, gateway.caller(gateway.operator()).get("/api/v1/me"));
        is("changeMe", 200, patch("/api/v1/me", "{\"name\":\"Ann\",\"organization\":\"" + ann.organization() + "\"}"));
        is("changeMe", 400, patch("/api/v1/me", "{\"organization\":\"" + UUID.randomUUID() + "\"}"));
        is("listMyOrganizations", 200, ann.caller().get("/api/v1/me/organizations"));
        is("createMyOrganization", 201, ann.caller().post("/api/v1/me/organizations", "{\"name\":\"Second\"}"));
        is(
                "changePassword",
                401,
                ann.caller().post("/api/v1/me/password", "{\"current_password\":\"no\",\"password\":\"x\"}"));
        is(
                "changePassword",
                200,
                ann.caller()
                        .post(
                                "/api/v1/me/password",
                                "{\"current_password\":\"" + Folk.PASSWORD + "\",\"password\":\"a new one at last\"}"));
        twoStep();
        is("endSessions", 200, ann.caller().delete("/api/v1/sessions"));
        is("getMe", 401, ann.caller().get("/api/v1/me"));
    }

    private void twoStep() {
        Reply begun = is("beginTwoStep", 201, ann.caller().post("/api/v1/me/totp", ""));
        is("confirmTwoStep", 401, ann.caller().post("/api/v1/me/totp/confirm", "{\"code\":\"none\"}"));
        String code = TOTPGenerator.withDefaultValues(begun.at("secret").getBytes(UTF_8))
                .at(Instant.now());
        Reply confirmed =
                is("confirmTwoStep", 200, ann.caller().post("/api/v1/me/totp/confirm", "{\"code\":\"" + code + "\"}"));
        is("beginTwoStep", 400, ann.caller().post("/api/v1/me/totp", ""));
        String recovery = confirmed.json().path("recovery_codes").path(0).asString();
        is("endTwoStep", 401, ann.caller().post("/api/v1/me/totp/end", "{\"code\":\"none\"}"));
        is("endTwoStep", 200, ann.caller().post("/api/v1/me/totp/end", "{\"code\":\"" + recovery + "\"}"));
    }

    @Test
    void members_invitations_and_organizations() {
        Reply members = is("listMembers", 200, ann.caller().get("/api/v1/members"));
        String member = "/api/v1/members/"
                + members.json().path("data").path(0).path("id").asString();
        is("getMember", 200, ann.caller().get(member));
        is("changeMember", 200, patch(member, "{\"role\":\"owner\"}"));
        is("changeMember", 400, patch(member, "{\"role\":\"king\"}"));
        is("changeMember", 403, patch(member, "{\"role\":\"viewer\"}"));
        is("removeMember", 403, ann.caller().delete(member));
        is("removeMember", 404, ann.caller().delete("/api/v1/members/" + UUID.randomUUID()));
        Reply invited = is(
                "invite",
                201,
                ann.caller().post("/api/v1/invitations", "{\"role\":\"viewer\",\"email\":\"bob@example.org\"}"));
        is("listInvitations", 200, ann.caller().get("/api/v1/invitations"));
        String token = "{\"token\":\"" + invited.at("token") + "\"}";
        is("lookAtInvitation", 200, nobody.post("/api/v1/invitations/look", token));
        is("acceptInvitation", 403, ann.caller().post("/api/v1/invitations/accept", token));
        Somebody bob = Folk.signUp(gateway, "bob");
        Reply joined = is("acceptInvitation", 201, bob.caller().post("/api/v1/invitations/accept", token));
        is("lookAtInvitation", 401, nobody.post("/api/v1/invitations/look", token));
        is("removeMember", 200, ann.caller().delete("/api/v1/members/" + joined.at("member")));
        Reply open = ann.caller().post("/api/v1/invitations", "{\"role\":\"viewer\"}");
        is("revokeInvitation", 200, ann.caller().delete("/api/v1/invitations/" + open.at("id")));
        is("revokeInvitation", 404, ann.caller().delete("/api/v1/invitations/" + open.at("id")));
        String organization = "/api/v1/organizations/" + ann.organization();
        is("getOrganization", 200, ann.caller().get(organization));
        is("getOrganization", 404, bob.caller().get(organization));
        is("changeOrganization", 200, patch(organization, "{\"time_zone\":\"Europe/Berlin\"}"));
        is("listOrganizations", 200, gateway.caller(gateway.operator()).get("/api/v1/organizations"));
        is("listOrganizations", 403, ann.caller().get("/api/v1/organizations"));
    }

    @Test
    void passwords_set_anew_and_the_audit_log() {
        Caller operator = gateway.caller(gateway.operator());
        Reply link = is(
                "createPasswordLink", 201, operator.post("/api/v1/password-links", "{\"email\":\"ann@example.org\"}"));
        is("createPasswordLink", 404, operator.post("/api/v1/password-links", "{\"email\":\"eve@example.org\"}"));
        is("listAuditLog", 200, ann.caller().get("/api/v1/audit-log?action=organization&limit=1"));
        Reply table = is("listAuditLog", 200, operator.get("/api/v1/audit-log?organization=all&format=csv"));
        assertThat(table.text())
                .startsWith("id,created_at,")
                .contains("session.open")
                .contains(ann.id());
        is("listAuditLog", 400, ann.caller().get("/api/v1/audit-log?organization=all"));
        is("listAuditLog", 400, ann.caller().get("/api/v1/audit-log?from=yesterday"));
        String reset = "{\"token\":\"" + link.at("token") + "\",\"password\":\"set anew at last\"}";
        is("resetPassword", 200, nobody.post("/api/v1/password-resets", reset));
        is("resetPassword", 401, nobody.post("/api/v1/password-resets", reset));
    }

    private Reply is(String operation, int status, Reply reply) {
        assertThat(reply.status()).as(operation + ": " + reply).isEqualTo(status);
        return contract.check(operation, reply);
    }

    private Reply patch(String path, String body) {
        return ann.caller().call("PATCH", path, body.getBytes(UTF_8));
    }

    private static String withInvitation(String token) {
        return WrittenContract.body(Folk.signUpBody("eve@example.org", "eve"))
                .put("invitation", token)
                .toString();
    }
}
