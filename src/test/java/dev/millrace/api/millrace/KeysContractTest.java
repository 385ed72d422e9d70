package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.api.millrace.people.Folk;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the document says of keys, suspensions and limits is what is answered. */
class KeysContractTest {
    private static final String NONE = "/api/v1/keys/zzzzzzzzzzzz";
    private static final String REASON = "{\"reason\":\"unpaid\"}";

    private Gateway gateway;
    private WrittenContract contract;
    private Caller boss;
    private Caller operator;
    private NewKey owner;

    @BeforeEach
    void start() {
        gateway = Gateway.start(Folk.OPEN);
        owner = gateway.customer("5");
        boss = gateway.caller(owner);
        operator = gateway.caller(gateway.operator());
        contract = new WrittenContract(boss.bare());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void keys() {
        String body =
                "{\"name\":\"ci\",\"limit\":5,\"networks\":[\"127.0.0.0/8\"],\"expires_at\":\"2199-01-01T00:00:00Z\"}";
        Reply made = is("createKey", 201, boss.post("/api/v1/keys", body));
        is("createKey", 400, boss.post("/api/v1/keys", "{}"));
        String key = "/api/v1/keys/" + made.json().path("data").path("hash").asString();
        is("listKeys", 200, boss.get("/api/v1/keys?include_disabled=true&include_revoked=true"));
        is("listKeys", 400, boss.get("/api/v1/keys?offset=x"));
        is("getKeyByHash", 200, boss.get(key));
        is("getKeyByHash", 404, boss.get(NONE));
        is("changeKey", 200, send(boss, "PATCH", key, "{\"caps\":{\"day_usd\":\"1\"}}"));
        is("changeKey", 404, send(boss, "PATCH", NONE, "{}"));
        is("rotateKey", 200, boss.post(key + "/rotate", "{}"));
        is("rotateKey", 404, boss.post(NONE + "/rotate", "{}"));
        is("endFormerSecrets", 200, boss.delete(key + "/former"));
        is("endFormerSecrets", 404, boss.delete(NONE + "/former"));
        is("suspendKey", 200, boss.post(key + "/suspend", REASON));
        is("suspendKey", 400, boss.post(key + "/suspend", "{}"));
        is("suspendKey", 404, boss.post(NONE + "/suspend", REASON));
        is("resumeKey", 200, boss.post(key + "/resume", ""));
        is("resumeKey", 404, boss.post(NONE + "/resume", ""));
        is("revokeKey", 200, boss.delete(key));
        is("revokeKey", 404, boss.delete(key));
        unshown("/api/v1/keys/{hash}");
    }

    @Test
    void limits() {
        String rules = "{\"requests_per_minute\":900,\"models\":{\"sandbox/*\":{\"tokens_per_minute\":90000}}}";
        is("setPlan", 200, send(operator, "PUT", "/api/v1/plans/pro", rules));
        is("setPlan", 400, send(operator, "PUT", "/api/v1/plans/pro", "{\"requests\":1}"));
        is("setPlan", 403, send(boss, "PUT", "/api/v1/plans/pro", rules));
        String organization = "/api/v1/organizations/" + owner.organization() + "/limits";
        is("setOrganizationLimits", 200, send(operator, "PUT", organization, rules));
        String nobody = "/api/v1/organizations/" + UUID.randomUUID() + "/limits";
        is("setOrganizationLimits", 404, send(operator, "PUT", nobody, rules));
        String plan = "/api/v1/organizations/" + owner.organization() + "/plan";
        is("setOrganizationPlan", 200, send(operator, "PUT", plan, "{\"plan\":\"default\",\"running_jobs\":20}"));
        is(
                "setOrganizationPlan",
                404,
                send(operator, "PUT", nobody.replace("/limits", "/plan"), "{\"plan\":\"default\"}"));
        is("setKeyLimits", 200, send(boss, "PUT", "/api/v1/keys/" + owner.id() + "/limits", rules));
        is("setKeyLimits", 404, send(boss, "PUT", NONE + "/limits", rules));
        is("getLimits", 200, boss.get("/api/v1/limits"));
    }

    @Test
    void members_and_organizations() {
        String organization = "/api/v1/organizations/" + owner.organization();
        is("suspendOrganization", 200, operator.post(organization + "/suspend", REASON));
        is("suspendOrganization", 403, boss.post(organization + "/suspend", REASON));
        is("resumeOrganization", 200, operator.post(organization + "/resume", ""));
        is("resumeOrganization", 404, operator.post("/api/v1/organizations/" + UUID.randomUUID() + "/resume", ""));
        is(
                "suspendOrganization",
                404,
                operator.post("/api/v1/organizations/" + UUID.randomUUID() + "/suspend", REASON));
        Somebody ann = Folk.signUp(gateway, "ann");
        Somebody bob = Folk.signUp(gateway, "bob");
        Reply invited =
                ann.caller().post("/api/v1/invitations", "{\"role\":\"developer\",\"email\":\"bob@example.org\"}");
        Reply joined = bob.caller().post("/api/v1/invitations/accept", "{\"token\":\"" + invited.at("token") + "\"}");
        String member = "/api/v1/members/" + joined.at("member");
        Caller there = bob.caller().with("Millrace-Organization", ann.organization());
        Reply key = there.post("/api/v1/keys", "{\"name\":\"mine\",\"environment\":\"test\"}");
        assertThat(key.status()).as("a developer has keys of his own: " + key).isEqualTo(201);
        Caller his = boss.bare().with("Authorization", "Bearer " + key.at("key"));
        is("suspendMember", 200, ann.caller().post(member + "/suspend", REASON));
        is("suspendMember", 404, ann.caller().post("/api/v1/members/" + UUID.randomUUID() + "/suspend", REASON));
        assertThat(his.get("/api/v1/jobs").status())
                .as("his keys are refused too")
                .isEqualTo(403);
        assertThat(there.get("/api/v1/members").status()).as("and so is he").isEqualTo(403);
        is("resumeMember", 200, ann.caller().post(member + "/resume", ""));
        is("resumeMember", 404, ann.caller().post("/api/v1/members/" + UUID.randomUUID() + "/resume", ""));
        assertThat(his.get("/api/v1/jobs").status()).isEqualTo(200);
    }

    private Reply is(String operation, int status, Reply reply) {
        assertThat(reply.status()).as(operation + ": " + reply).isEqualTo(status);
        return contract.check(operation, reply);
    }

    private void unshown(String prefix) {
        assertThat(contract.unseen())
                .as("documented answers that no case shows")
                .filteredOn(answer -> contract.route(answer.split(" ", 2)[0])[1].equals(prefix))
                .filteredOn(answer -> answer.endsWith("00") || answer.endsWith("04"))
                .allMatch(answer -> answer.endsWith(" 400"));
    }

    private static Reply send(Caller caller, String method, String path, String body) {
        return caller.with("Content-Type", "application/json")
                .call(method, path, body.getBytes(StandardCharsets.UTF_8));
    }
}
