package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.people.Folk.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Role;
import dev.millrace.access.people.Members;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(SqlDialect.class)
class MembersTest {
    @Parameter
    SqlDialect dialect;

    private final Members members = new Members(new IdSource(InstantSource.system(), new SecureRandom()));
    private Gateway gateway;
    private Somebody ann;
    private Somebody bob;

    @BeforeEach
    void start() {
        gateway = Folk.gateway(dialect, Folk.OPEN);
        ann = signUp(gateway, "ann");
        bob = signUp(gateway, "bob");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void each_role_may_what_the_table_says_and_no_more() {
        String bobs = join(bob, Role.VIEWER);
        Caller at = there(bob);
        assertThat(at.get("/api/v1/members").status()).isEqualTo(200);
        Reply refused = at.call("PATCH", "/api/v1/members/" + bobs, "{\"role\":\"owner\"}".getBytes());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("reason")).isEqualTo("role");
        assertThat(refused.at("permission")).isEqualTo("manage_members");
    }

    @Test
    void an_admin_makes_no_owners_and_takes_none_out() {
        String bobs = join(bob, Role.ADMIN);
        Caller at = there(bob);
        String anns = memberOf(ann);
        assertThat(patch(at, bobs, "owner").status()).isEqualTo(403);
        assertThat(patch(at, anns, "viewer").status()).isEqualTo(403);
        assertThat(at.delete("/api/v1/members/" + anns).status()).isEqualTo(403);
        assertThat(patch(at, bobs, "viewer").status()).isEqualTo(200);
    }

    @Test
    void the_last_owner_stays() {
        String anns = memberOf(ann);
        assertThat(patch(ann.caller(), anns, "admin").at("reason")).isEqualTo("last_owner");
        assertThat(ann.caller().delete("/api/v1/members/" + anns).at("reason")).isEqualTo("last_owner");
        String bobs = join(bob, Role.OWNER);
        assertThat(patch(ann.caller(), anns, "admin").status()).isEqualTo(200);
        assertThat(patch(there(bob), bobs, "viewer").at("reason")).isEqualTo("last_owner");
    }

    @Test
    void who_was_taken_out_is_let_in_no_more() {
        String bobs = join(bob, Role.DEVELOPER);
        assertThat(there(bob).get("/api/v1/members").status()).isEqualTo(200);
        assertThat(ann.caller().delete("/api/v1/members/" + bobs).status()).isEqualTo(200);
        Reply refused = there(bob).get("/api/v1/members");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("reason")).isEqualTo("organization");
        assertThat(bob.caller().get("/api/v1/members").json().path("data")).hasSize(1);
    }

    @Test
    void another_organizations_member_is_as_one_that_is_not_there() {
        String bobs = memberOf(bob);
        for (String id : new String[] {bobs, UUID.randomUUID().toString(), "x"}) {
            assertThat(ann.caller().get("/api/v1/members/" + id).status()).isEqualTo(404);
            assertThat(patch(ann.caller(), id, "viewer").status()).isEqualTo(404);
            assertThat(ann.caller().delete("/api/v1/members/" + id).status()).isEqualTo(404);
        }
    }

    @Test
    void an_organization_is_renamed_and_moved_to_another_time_zone() {
        String path = "/api/v1/organizations/" + ann.organization();
        Reply changed =
                ann.caller().call("PATCH", path, "{\"name\":\"Ann & Co\",\"time_zone\":\"Europe/London\"}".getBytes());
        assertThat(changed.at("name")).isEqualTo("Ann & Co");
        assertThat(changed.at("time_zone")).isEqualTo("Europe/London");
        assertThat(ann.caller()
                        .call("PATCH", path, "{\"time_zone\":\"Mars/Base\"}".getBytes())
                        .status())
                .isEqualTo(400);
        assertThat(bob.caller().get(path).status()).isEqualTo(404);
        assertThat(gateway.caller(gateway.operator()).get(path).status()).isEqualTo(200);
    }

    @Test
    void a_key_manages_members_too_where_its_role_allows_it() {
        Caller key = gateway.caller(
                gateway.anotherKey(OrganizationId.parse(ann.organization()).orElseThrow()));
        assertThat(key.get("/api/v1/members").json().path("data")).hasSize(1);
        assertThat(key.get("/api/v1/me").at("reason")).isEqualTo("person");
    }

    @Test
    void a_key_never_does_more_than_the_member_who_answers_for_it() {
        String bobs = join(bob, Role.ADMIN);
        Caller key = keyOf(bob, "admin");
        Caller worker = keyOf(bob, "developer");
        assertThat(make(key).status()).isEqualTo(201);
        assertThat(patch(ann.caller(), bobs, "viewer").status()).isEqualTo(200);
        Reply less = make(key);
        assertThat(less.status()).isEqualTo(403);
        assertThat(less.text()).as("the role that is left").contains("viewer");
        assertThat(key.get("/api/v1/members").status()).isEqualTo(200);
        assertThat(patch(ann.caller(), bobs, "billing").status()).isEqualTo(200);
        Reply nothing = worker.get("/api/v1/members");
        assertThat(nothing.status()).as("no role is within both").isEqualTo(403);
        assertThat(nothing.at("reason")).isEqualTo("role");
        assertThat(patch(ann.caller(), bobs, "admin").status()).isEqualTo(200);
        assertThat(make(key).status()).isEqualTo(201);
        assertThat(ann.caller().delete("/api/v1/members/" + bobs).status()).isEqualTo(200);
        assertThat(key.get("/api/v1/members").status()).isEqualTo(401);
    }

    @Test
    void a_key_of_a_member_who_is_gone_is_none_even_when_it_was_made_behind_his_back() {
        String bobs = join(bob, Role.ADMIN);
        Caller key = keyOf(bob, "admin");
        gateway.database().writer().write("a", tx -> tx.update("delete from members where id = ?", bobs));
        Caller unseen = keyOf(ann, "admin", "\"member_id\":\"" + memberOf(ann) + "\"");
        assertThat(unseen.get("/api/v1/members").status()).isEqualTo(200);
        assertThat(key.get("/api/v1/members").status()).isEqualTo(401);
    }

    @Test
    void who_is_shown_out_leaves_no_invitation_open_behind_him() {
        String bobs = join(bob, Role.ADMIN);
        Reply open = there(bob).post("/api/v1/invitations", "{\"role\":\"admin\"}");
        Reply byKey = keyOf(bob, "admin").post("/api/v1/invitations", "{\"role\":\"admin\"}");
        suspend(ann.caller(), bobs);
        assertThat(accept(bob, open).status()).as("suspended").isEqualTo(401);
        assertThat(accept(bob, byKey).status()).isEqualTo(401);
        ann.caller().post("/api/v1/members/" + bobs + "/resume", "");
        patch(ann.caller(), bobs, "viewer");
        assertThat(look(open).status()).as("demoted").isEqualTo(401);
        patch(ann.caller(), bobs, "admin");
        assertThat(look(open).status()).isEqualTo(200);
        assertThat(ann.caller().delete("/api/v1/members/" + bobs).status()).isEqualTo(200);
        assertThat(accept(bob, open).at("reason")).isEqualTo("link");
        assertThat(accept(bob, byKey).at("reason")).isEqualTo("link");
        assertThat(ann.caller().get("/api/v1/invitations").text()).contains("\"status\":\"revoked\"");
    }

    @Test
    void an_owner_who_can_sign_in_always_stays() {
        String bobs = join(bob, Role.OWNER);
        String anns = memberOf(ann);
        assertThat(suspend(ann.caller(), bobs).status()).isEqualTo(200);
        assertThat(suspend(ann.caller(), anns).status()).as("oneself").isEqualTo(403);
        assertThat(patch(ann.caller(), anns, "admin").at("reason")).isEqualTo("last_owner");
        assertThat(ann.caller().delete("/api/v1/members/" + anns).at("reason")).isEqualTo("last_owner");
        Caller key = keyOf(ann, "owner");
        assertThat(suspend(key, anns).status()).isEqualTo(403);
        Caller nobodys = gateway.caller(
                gateway.anotherKey(OrganizationId.parse(ann.organization()).orElseThrow()));
        assertThat(suspend(nobodys, anns).at("reason")).isEqualTo("last_owner");
        assertThat(ann.caller()
                        .get("/api/v1/members/" + bobs)
                        .json()
                        .path("suspended")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void of_two_owners_who_suspend_each_other_at_once_one_stays() throws Exception {
        String bobs = join(bob, Role.OWNER);
        String anns = memberOf(ann);
        CyclicBarrier together = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> first = threads.submit(() -> {
                together.await();
                return suspend(ann.caller(), bobs);
            });
            Future<Reply> second = threads.submit(() -> {
                together.await();
                return suspend(there(bob), anns);
            });
            assertThat(List.of(first.get().status(), second.get().status())).containsExactlyInAnyOrder(200, 403);
        }
    }

    @Test
    void an_admin_of_whoever_runs_it_makes_himself_no_owner_there() {
        Caller owner = gateway.caller(gateway.operator());
        Reply boss = owner.post("/api/v1/people", "{\"email\":\"boss@example.org\",\"role\":\"owner\"}");
        assertThat(boss.status()).isEqualTo(201);
        Caller admin = new Caller(gateway.url())
                .with(
                        "Authorization",
                        "Bearer "
                                + owner.post("/api/v1/keys", "{\"name\":\"a\",\"role\":\"admin\"}")
                                        .at("key"));
        assertThat(admin.post("/api/v1/people", "{\"email\":\"me@example.org\",\"role\":\"owner\"}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.post("/api/v1/password-links", "{\"email\":\"boss@example.org\"}")
                        .status())
                .isEqualTo(403);
        assertThat(owner.post("/api/v1/password-links", "{\"email\":\"boss@example.org\"}")
                        .status())
                .isEqualTo(201);
        assertThat(admin.post("/api/v1/password-links", "{\"email\":\"ann@example.org\"}")
                        .status())
                .as("an owner elsewhere")
                .isEqualTo(201);
    }

    private Reply suspend(Caller caller, String member) {
        return caller.post("/api/v1/members/" + member + "/suspend", "{\"reason\":\"to see\"}");
    }

    private Reply make(Caller caller) {
        return caller.post("/api/v1/keys", "{\"name\":\"more\",\"role\":\"viewer\"}");
    }

    private Reply look(Reply invitation) {
        return new Caller(gateway.url())
                .post("/api/v1/invitations/look", "{\"token\":\"" + invitation.at("token") + "\"}");
    }

    private Reply accept(Somebody who, Reply invitation) {
        return who.caller().post("/api/v1/invitations/accept", "{\"token\":\"" + invitation.at("token") + "\"}");
    }

    private Caller keyOf(Somebody who, String role, String... more) {
        String and = more.length == 0 ? "" : "," + more[0];
        Reply made = there(who).post("/api/v1/keys", "{\"name\":\"his\",\"role\":\"" + role + "\"" + and + "}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Caller(gateway.url()).with("Authorization", "Bearer " + made.at("key"));
    }

    private Reply patch(Caller caller, String member, String role) {
        return caller.call("PATCH", "/api/v1/members/" + member, ("{\"role\":\"" + role + "\"}").getBytes());
    }

    private String memberOf(Somebody who) {
        return who.caller()
                .get("/api/v1/members")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asString();
    }

    /** Makes somebody a member of Ann's organization. */
    private String join(Somebody who, Role role) {
        return gateway.database()
                .writer()
                .write(
                        "a",
                        tx -> members.add(
                                        tx,
                                        OrganizationId.parse(ann.organization()).orElseThrow(),
                                        PersonId.parse(who.id()).orElseThrow(),
                                        role)
                                .orElseThrow()
                                .text());
    }

    /** Somebody, about Ann's organization. */
    private Caller there(Somebody who) {
        return who.caller().with("Millrace-Organization", ann.organization());
    }
}
