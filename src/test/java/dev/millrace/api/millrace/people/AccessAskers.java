package dev.millrace.api.millrace.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Access;
import dev.millrace.access.Environment;
import dev.millrace.access.KeyScopes;
import dev.millrace.access.KeySpec;
import dev.millrace.access.Needs;
import dev.millrace.access.NewKey;
import dev.millrace.access.Role;
import dev.millrace.access.Standing;
import dev.millrace.app.Gateway;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.RouteInfo;
import dev.millrace.testkit.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everybody who may ask a gateway for something, or may not. */
final class AccessAskers {
    /** In the words of who suspends; whoever is turned away reads it. */
    static final String REASON = "the bill of October is unpaid";

    /**
     * One of them.
     *
     * @param standing what he may do; null for who is let in nowhere
     * @param refusal the status where he is let in nowhere
     * @param reaches the routes that he may use at all
     */
    record Asker(Caller caller, @Nullable Standing standing, int refusal, Predicate<RouteInfo> reaches) {}

    private final Gateway gateway;
    private final OrganizationId organization;
    private final Map<String, Asker> all = new LinkedHashMap<>();

    private AccessAskers(Gateway gateway) {
        this.gateway = gateway;
        this.organization = gateway.customer("1").organization();
    }

    static Map<String, Asker> of(Gateway gateway) {
        AccessAskers askers = new AccessAskers(gateway);
        askers.keys();
        askers.suspended();
        askers.operators();
        return askers.all;
    }

    private void keys() {
        all.put("nobody", new Asker(new Caller(gateway.url()), null, 401, route -> false));
        NewKey revoked = gateway.anotherKey(organization);
        gateway.revoke(organization, revoked.id());
        refused("a revoked key", gateway.caller(revoked), 401);
        NewKey resting = gateway.anotherKey(organization);
        gateway.rest(organization, resting.id());
        refused("a resting key", gateway.caller(resting), 403);
        for (Role role : Role.values()) {
            NewKey key = gateway.anotherKey(organization, KeySpec.of(role.wire(), Environment.TEST, role));
            let("the role " + role.wire(), gateway.caller(key), new Standing(role, false, false, null), route -> true);
        }
        KeyScopes reading = new KeyScopes(Set.of(), List.of(), Set.of(), true);
        narrow("a key for reading alone", reading, true, route -> true);
        for (String dialect : List.of("millrace", "openai", "apiframe", "higgsfield")) {
            narrow(
                    "a key for the dialect " + dialect,
                    new KeyScopes(Set.of(dialect), List.of(), Set.of(), false),
                    false,
                    route -> route.dialect().isEmpty() || route.dialect().equals(dialect));
        }
        narrow(
                "a key for reading openai alone",
                new KeyScopes(Set.of("openai"), List.of(), Set.of(), true),
                true,
                route -> route.dialect().isEmpty() || route.dialect().equals("openai"));
    }

    private void narrow(String name, KeyScopes scopes, boolean reading, Predicate<RouteInfo> reaches) {
        NewKey key = gateway.anotherKey(
                organization, KeySpec.owner("narrow", Environment.TEST).within(scopes));
        let(name, gateway.caller(key), new Standing(Role.OWNER, false, reading, null), reaches);
    }

    private void suspended() {
        NewKey key = gateway.anotherKey(organization);
        Caller owner = gateway.caller(gateway.anotherKey(organization));
        done(owner.post("/api/v1/keys/" + key.id() + "/suspend", reason()));
        refused("a suspended key", gateway.caller(key), 403);
        refused("a suspended member's key", membersKey(owner), 403);
        NewKey unpaid = gateway.customer("1");
        done(gateway.caller(gateway.operator())
                .post("/api/v1/organizations/" + unpaid.organization() + "/suspend", reason()));
        for (Role role : Role.values()) {
            NewKey his = gateway.anotherKey(unpaid.organization(), KeySpec.of(role.wire(), Environment.TEST, role));
            let(
                    "a suspended organization's " + role.wire(),
                    gateway.caller(his),
                    new Standing(role, false, false, REASON),
                    route -> true);
        }
    }

    private Caller membersKey(Caller owner) {
        Folk.Somebody bob = Folk.signUp(gateway, "bob");
        String token =
                owner.post("/api/v1/invitations", "{\"role\":\"developer\"}").at("token");
        bob.caller().post("/api/v1/invitations/accept", "{\"token\":\"" + token + "\"}");
        String member = owner.get("/api/v1/members")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asString();
        String key = owner.post("/api/v1/keys", "{\"name\":\"bob's\",\"member_id\":\"" + member + "\"}")
                .at("key");
        done(owner.post("/api/v1/members/" + member + "/suspend", reason()));
        return new Caller(gateway.url()).with("Authorization", "Bearer " + key);
    }

    private void operators() {
        OrganizationId own = gateway.operator().organization();
        Standing operator = new Standing(Role.OWNER, true, false, null);
        let("the operator", gateway.caller(gateway.anotherKey(own)), operator, route -> true);
        String other = gateway.customer("1").organization().text();
        Caller naming = gateway.caller(gateway.anotherKey(own)).with(Access.ORGANIZATION_HEADER, other);
        let("the operator for another organization", naming, operator, route -> Needs.forOthers(route.needs()));
        for (Role role : List.of(Role.BILLING, Role.DEVELOPER, Role.VIEWER)) {
            NewKey key = gateway.anotherKey(own, KeySpec.of(role.wire(), Environment.TEST, role));
            refused(
                    "the operator's " + role.wire() + " for another organization",
                    gateway.caller(key).with(Access.ORGANIZATION_HEADER, other),
                    403);
        }
        NewKey foreign = gateway.anotherKey(organization);
        refused(
                "an owner who names another's organization",
                gateway.caller(foreign).with(Access.ORGANIZATION_HEADER, other),
                403);
    }

    private void refused(String name, Caller caller, int status) {
        all.put(name, new Asker(caller, null, status, route -> false));
    }

    private void let(String name, Caller caller, Standing standing, Predicate<RouteInfo> reaches) {
        all.put(name, new Asker(caller, standing, 403, reaches));
    }

    private static String reason() {
        return "{\"reason\":\"" + REASON + "\"}";
    }

    private static void done(Caller.Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }
}
