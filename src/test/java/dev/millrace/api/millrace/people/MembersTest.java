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
import java.util.UUID;
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
