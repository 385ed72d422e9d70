package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Environment;
import dev.millrace.access.KeySpec;
import dev.millrace.access.NewKey;
import dev.millrace.api.millrace.people.Folk;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.server.RouteInfo;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A key gets no further than it was let: not with itself, not with another, not with what a key for testing made. */
class NarrowKeyTest {
    private static final Gateway GATEWAY = Gateway.start(Folk.OPEN);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static Reply patch(Caller caller, String path, String body) {
        return caller.with("Content-Type", "application/json")
                .call("PATCH", path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Caller as(Reply made) {
        assertThat(made.status()).as(made.toString()).isBetween(200, 201);
        return new Caller(GATEWAY.url()).with("Authorization", "Bearer " + made.at("key"));
    }

    private static String path(Reply made) {
        return "/api/v1/keys/" + made.json().path("data").path("hash").asString();
    }

    private static Caller developer(Somebody host, Somebody guest) {
        Reply invited = host.caller()
                .post("/api/v1/invitations", "{\"role\":\"developer\",\"email\":\"" + guest.email() + "\"}");
        assertThat(guest.caller()
                        .post("/api/v1/invitations/accept", "{\"token\":\"" + invited.at("token") + "\"}")
                        .status())
                .isEqualTo(201);
        return guest.caller().with("Millrace-Organization", host.organization());
    }

    private static void forbidden(Reply reply, String why) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        assertThat(reply.text()).contains(why);
    }

    @Test
    void a_developers_key_that_somebody_found_makes_no_other_and_lifts_no_bound_of_its_own() {
        Caller bob = developer(Folk.signUp(GATEWAY, "ann"), Folk.signUp(GATEWAY, "bob"));
        Reply made = bob.post(
                "/api/v1/keys",
                "{\"name\":\"ci\",\"environment\":\"test\",\"limit\":1,\"networks\":[\"127.0.0.0/8\",\"10.0.0.0/8\"],"
                        + "\"expires_at\":\"2090-01-01T00:00:00Z\"}");
        Reply free = bob.post("/api/v1/keys", "{\"name\":\"free\",\"environment\":\"test\"}");
        Caller found = as(made);
        forbidden(found.post("/api/v1/keys", "{\"name\":\"more\"}"), "may make no others");
        forbidden(found.post(path(free) + "/rotate", "{}"), "may change itself alone");
        forbidden(patch(found, path(free), "{\"name\":\"mine\"}"), "may change itself alone");
        forbidden(found.delete(path(free)), "may change itself alone");
        for (String looser : new String[] {
            "{\"networks\":null}",
            "{\"networks\":[]}",
            "{\"networks\":[\"127.0.0.0/8\",\"0.0.0.0/0\"]}",
            "{\"networks\":[\"127.0.0.0/7\"]}",
            "{\"networks\":[\"::/0\"]}",
            "{\"expires_at\":null}",
            "{\"expires_at\":\"2090-01-01T00:00:01Z\"}"
        }) {
            forbidden(patch(found, path(made), looser), "may not put its own end off, or widen");
        }
        Reply tighter = patch(
                found,
                path(made),
                "{\"networks\":[\"127.0.0.1\"],\"expires_at\":\"2089-01-01T00:00:00Z\",\"limit\":0.5}");
        assertThat(tighter.status()).as(tighter.toString()).isEqualTo(200);
        Caller fresh = as(found.post(path(made) + "/rotate", "{\"overlap_seconds\":0}"));
        assertThat(found.get("/api/v1/key").status()).isEqualTo(401);
        assertThat(fresh.get("/api/v1/key").status()).isEqualTo(200);
        assertThat(patch(bob, path(made), "{\"networks\":null,\"expires_at\":null}")
                        .status())
                .as("he who is signed in may")
                .isEqualTo(200);
    }

    @Test
    void every_route_that_asks_who_it_is_belongs_to_a_dialect_so_that_no_key_for_another_gets_in() {
        assertThat(GATEWAY.routes())
                .filteredOn(route -> route.dialect().isEmpty() && !route.needs().equals(RouteInfo.ANYONE))
                .filteredOn(route -> !route.pattern().startsWith("/console"))
                .isEmpty();
    }

    @Test
    void an_end_too_far_away_to_be_stored_is_refused_by_name() {
        Caller boss = GATEWAY.caller(GATEWAY.customer("1"));
        for (String end :
                new String[] {"+10000-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "+300000-01-01T00:00:00Z"}) {
            Reply refused = boss.post("/api/v1/keys", "{\"name\":\"ci\",\"expires_at\":\"" + end + "\"}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.text()).contains("expires_at");
        }
        assertThat(boss.get("/api/v1/jobs?created_after=%2B999999999-12-31T23:59:59Z")
                        .status())
                .isBetween(200, 400);
    }

    @Test
    void what_a_key_for_testing_made_is_never_the_answer_to_a_live_one_under_the_same_idempotency_key() {
        NewKey owner = GATEWAY.customer("5");
        Caller test = GATEWAY.caller(GATEWAY.anotherKey(owner.organization(), KeySpec.owner("test", Environment.TEST)));
        Caller live = GATEWAY.caller(GATEWAY.anotherKey(owner.organization(), KeySpec.owner("live", Environment.LIVE)));
        for (String path : new String[] {"/api/v1/generations", "/v2/images/generate", "/sandbox/image"}) {
            String body = path.startsWith("/sandbox")
                    ? "{\"prompt\":\"a\"}"
                    : "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}";
            Reply first = test.with("Idempotency-Key", "order-1").post(path, body);
            assertThat(first.status()).as(first.toString()).isBetween(200, 202);
            Reply again = test.with("Idempotency-Key", "order-1").post(path, body);
            assertThat(again.header("Idempotency-Replayed"))
                    .as(again.toString())
                    .isEqualTo("true");
            Reply other = live.with("Idempotency-Key", "order-1").post(path, body);
            assertThat(other.header("Idempotency-Replayed"))
                    .as(other.toString())
                    .isEmpty();
        }
    }

    @Test
    void a_wait_of_a_minute_is_written_as_openai_writes_it() {
        NewKey owner = GATEWAY.customer("5");
        Reply ruled = GATEWAY.caller(GATEWAY.operator())
                .with("Content-Type", "application/json")
                .call(
                        "PUT",
                        "/api/v1/organizations/" + owner.organization() + "/limits",
                        "{\"requests_per_minute\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(ruled.status()).as(ruled.toString()).isEqualTo(200);
        String chat = "{\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        Reply first = GATEWAY.caller(owner).post("/v1/chat/completions", chat);
        assertThat(first.header("x-ratelimit-reset-requests")).isEqualTo("1m0s");
        Reply refused = GATEWAY.caller(owner).post("/v1/chat/completions", chat);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("x-ratelimit-reset-requests")).matches("1m0s|5[0-9]s");
        assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");
    }
}
