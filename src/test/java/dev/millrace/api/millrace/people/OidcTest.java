package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.people.Folk.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.bastiaanjansen.otp.TOTPGenerator;
import dev.millrace.access.people.Email;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.id.PersonId;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.IdentityProvider;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing in through a provider that does what OpenID Connect Core 1.0 says, and through one that does not. */
@ParameterizedClass
@EnumSource(SqlDialect.class)
class OidcTest {
    @Parameter
    SqlDialect dialect;

    private final IdentityProvider provider = new IdentityProvider();
    private Gateway gateway;
    private Caller nobody;

    @BeforeEach
    void start() {
        begin(Map.of("oidc.sign_up", "open"));
    }

    private void begin(Map<String, String> more) {
        if (gateway != null) {
            gateway.close();
        }
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.putAll(provider.settings());
        settings.putAll(more);
        gateway = Folk.gateway(dialect, settings);
        nobody = new Caller(gateway.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
        provider.close();
    }

    @Test
    void somebody_new_comes_in_and_is_the_same_one_the_next_time() {
        assertThat(nobody.get("/api/v1/oidc").at("display_name")).isEqualTo("Example");
        Reply first = signIn();
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.json().path("person").path("email_verified").asBoolean())
                .isTrue();
        assertThat(first.json().path("person").path("has_password").asBoolean()).isFalse();
        provider.bend(claims -> claims.claim("email", "another@example.org"));
        Reply second = signIn();
        assertThat(second.json().path("person")).isEqualTo(first.json().path("person"));
        Caller session = Folk.session(gateway, second.at("token"));
        assertThat(session.get("/api/v1/me/organizations")
                        .json()
                        .path("data")
                        .path(0)
                        .path("role")
                        .asString())
                .isEqualTo("owner");
    }

    @Test
    void nobody_comes_in_by_a_state_that_was_not_given_out_or_came_back_before_or_in_another_browser() {
        Reply begun = nobody.post("/api/v1/oidc/start", "{}");
        Map<String, String> back = provider.authorize(begun.at("authorization_url"));
        assertThat(finish(back.get("code"), "x".repeat(50), begun.at("flow")).at("reason"))
                .isEqualTo("oidc_state");
        assertThat(finish(back.get("code"), back.get("state"), begun.at("flow")).status())
                .isEqualTo(201);
        assertThat(finish(back.get("code"), back.get("state"), begun.at("flow")).at("reason"))
                .isEqualTo("oidc_state");
        Reply mine = nobody.post("/api/v1/oidc/start", "{}");
        Reply theirs = nobody.post("/api/v1/oidc/start", "{}");
        Map<String, String> foreign = provider.authorize(theirs.at("authorization_url"));
        assertThat(finish(foreign.get("code"), foreign.get("state"), mine.at("flow"))
                        .at("reason"))
                .isEqualTo("oidc_state");
    }

    @Test
    void a_token_that_is_not_to_be_believed_lets_nobody_in() {
        Date past = Date.from(Instant.now().minusSeconds(3_600));
        provider.bend(claims -> claims.claim("nonce", "another"));
        assertRefused("a wrong nonce");
        provider.bend(claims -> claims.expirationTime(past));
        assertRefused("an expired token");
        provider.bend(claims -> claims.audience("somebody else"));
        assertRefused("a wrong audience");
        provider.bend(claims -> claims.audience(java.util.List.of(IdentityProvider.CLIENT, "somebody else")));
        assertRefused("two audiences without an authorized party");
        provider.bend(claims -> claims.issuer("https://elsewhere.example"));
        assertRefused("another issuer");
        provider.bend(claims -> claims.subject(null));
        assertRefused("no subject");
        provider.bend(claims -> claims);
        provider.signWithForeignKey();
        assertRefused("a key that the provider does not show");
        provider.rotate();
        provider.unsigned();
        assertRefused("no signature");
        assertThat(gateway.database().<Long>read(tx -> tx.count("select count(*) from sessions")))
                .isZero();
    }

    @Test
    void keys_that_the_provider_has_changed_are_asked_for_once() {
        signIn();
        signIn();
        assertThat(provider.keysAsked()).isEqualTo(1);
        provider.rotate();
        assertThat(signIn().status()).isEqualTo(201);
        assertThat(provider.keysAsked()).isEqualTo(2);
        provider.signWithForeignKey();
        assertRefused("an unknown key");
        assertThat(provider.keysAsked()).isEqualTo(3);
    }

    @Test
    void only_an_address_that_both_sides_have_verified_leads_to_somebody_who_is_here() {
        Somebody ann = signUp(gateway, "ann");
        assertThat(signIn().at("reason")).as("not verified here").isEqualTo("unverified");
        verify(ann);
        provider.bend(claims -> claims.claim("email_verified", false));
        assertThat(signIn().at("reason")).as("not verified there").isEqualTo("unverified");
        provider.bend(claims -> claims.claim("email_verified", null));
        assertThat(signIn().at("reason")).as("it does not say").isEqualTo("unverified");
        provider.bend(claims -> claims);
        Reply in = signIn();
        assertThat(in.json().path("person").path("id").asString()).isEqualTo(ann.id());
        assertThat(gateway.database().<Long>read(tx -> tx.count("select count(*) from identities")))
                .isEqualTo(1);
    }

    @Test
    void an_address_that_the_token_leaves_out_is_asked_for() {
        provider.bend(claims -> claims.claim("email", null).claim("email_verified", null));
        provider.userInfo(Map.of("sub", "another", "email", "eve@example.org", "email_verified", true));
        assertThat(signIn().at("reason")).as("about somebody else").isEqualTo("unverified");
        provider.userInfo(Map.of("sub", "subject-1", "email", "ann@example.org", "email_verified", true));
        assertThat(signIn().json().path("person").path("email").asString()).isEqualTo("ann@example.org");
    }

    @Test
    void who_is_suspended_comes_in_and_may_do_nothing() {
        Somebody ann = signUp(gateway, "ann");
        verify(ann);
        gateway.database().writer().write("a", tx -> tx.update("""
                        insert into suspensions (subject, by_operator, reason, since)
                        select 'member:' || m.id, 0, 'left the company', cast(? as bigint) from members m
                        """, tx.now()));
        Reply in = signIn();
        assertThat(in.status()).isEqualTo(201);
        Reply refused = Folk.session(gateway, in.at("token")).get("/api/v1/members");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("reason")).isEqualTo("suspended");
    }

    @Test
    void a_provider_that_is_down_is_told_truly_and_asked_again() {
        provider.down(true);
        Reply start = nobody.post("/api/v1/oidc/start", "{}");
        assertThat(start.status()).isEqualTo(503);
        assertThat(start.header("Retry-After")).isEqualTo("10");
        provider.down(false);
        Reply begun = nobody.post("/api/v1/oidc/start", "{}");
        Map<String, String> back = provider.authorize(begun.at("authorization_url"));
        provider.down(true);
        Reply finish = finish(back.get("code"), back.get("state"), begun.at("flow"));
        assertThat(finish.status()).isEqualTo(503);
        assertThat(finish.header("Retry-After")).isEqualTo("10");
        assertThat(finish.text()).doesNotContain(IdentityProvider.SECRET);
        provider.down(false);
        assertThat(signIn().status()).isEqualTo(201);
    }

    @Test
    void nobody_signs_up_where_it_is_closed_but_who_is_invited() {
        begin(Map.of("oidc.sign_up", "closed"));
        assertThat(signIn().at("reason")).isEqualTo("sign_up");
        Reply invited = gateway.caller(gateway.operator()).post("/api/v1/invitations", "{\"role\":\"viewer\"}");
        Reply begun = nobody.post(
                "/api/v1/oidc/start",
                Json.object().put("invitation", invited.at("token")).toString());
        Map<String, String> back = provider.authorize(begun.at("authorization_url"));
        Reply in = finish(back.get("code"), back.get("state"), begun.at("flow"));
        assertThat(in.status()).as(in.toString()).isEqualTo(201);
        assertThat(roles(in)).isEqualTo("viewer");
    }

    @Test
    void newcomers_of_the_right_domain_join_the_organization_that_is_set() {
        begin(Map.of("oidc.sign_up", "open", "oidc.email_domains", "example.com"));
        assertThat(signIn().at("reason")).isEqualTo("sign_up");
        String id = "01890000-0000-7000-8000-00000000abcd";
        begin(Map.of(
                "oidc.sign_up", "open",
                "oidc.email_domains", "EXAMPLE.org",
                "oidc.join_organization", id,
                "oidc.join_role", "billing"));
        assertThat(signIn().at("reason")).as("it is not there").isEqualTo("organization");
        gateway.database()
                .writer()
                .write(
                        "a",
                        tx -> tx.update(
                                "insert into organizations (id, name, operator, created_at) values (?, 'All', 0, ?)",
                                id,
                                tx.now()));
        assertThat(roles(signIn())).isEqualTo("billing");
    }

    @Test
    void the_second_step_stays_with_who_has_one() {
        Reply first = signIn();
        Caller ann = Folk.session(gateway, first.at("token"));
        byte[] secret = ann.post("/api/v1/me/totp", "").at("secret").getBytes(StandardCharsets.US_ASCII);
        TOTPGenerator codes = TOTPGenerator.withDefaultValues(secret);
        Instant now = Instant.now();
        assertThat(ann.post("/api/v1/me/totp/confirm", "{\"code\":\"" + codes.at(now) + "\"}")
                        .status())
                .isEqualTo(200);
        Reply pending = signIn();
        assertThat(pending.status()).isEqualTo(202);
        assertThat(pending.at("status")).isEqualTo("code_needed");
        assertThat(code(pending, "000000").at("reason")).isEqualTo("code");
        assertThat(code(pending, codes.at(now.plusSeconds(30))).status()).isEqualTo(201);
        assertThat(code(pending, codes.at(now.plusSeconds(30))).status()).isEqualTo(401);
    }

    @Test
    void a_browser_goes_there_and_back_and_nowhere_else() {
        for (String to : new String[] {
            "https://evil.example/",
            "//evil.example",
            "/console//evil.example",
            "/console/../api/v1/me",
            "javascript:alert(1)"
        }) {
            assertThat(arrive(to)).as(to).isEqualTo("/console/overview");
        }
        assertThat(arrive("/console/keys")).isEqualTo("/console/keys");
        assertThat(nobody.get("/console/oidc/callback?state=x&code=y").status()).isEqualTo(401);
        assertThat(nobody.get("/console/sign-in").text()).contains("Sign in with Example");
    }

    private String arrive(String to) {
        Reply start = nobody.get("/console/oidc/start?to=" + java.net.URLEncoder.encode(to, StandardCharsets.UTF_8));
        assertThat(start.status()).as(start.toString()).isEqualTo(303);
        Map<String, String> back = provider.authorize(start.header("Location"));
        assertThat(back.get("redirect_uri")).isEqualTo("https://gate.example/console/oidc/callback");
        Reply in = nobody.with("Cookie", start.header("Set-Cookie").split(";")[0])
                .get("/console/oidc/callback?code="
                        + java.net.URLEncoder.encode(back.get("code"), StandardCharsets.UTF_8) + "&state="
                        + back.get("state"));
        assertThat(in.header("Set-Cookie")).contains("millrace_session=ms_").contains("HttpOnly");
        return in.header("Location");
    }

    private Reply code(Reply pending, String code) {
        return nobody.post(
                "/api/v1/oidc/code",
                Json.object()
                        .put("pending", pending.at("pending"))
                        .put("code", code)
                        .toString());
    }

    private Reply signIn() {
        Reply begun = nobody.post("/api/v1/oidc/start", "{}");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        Map<String, String> back = provider.authorize(begun.at("authorization_url"));
        return finish(back.get("code"), back.get("state"), begun.at("flow"));
    }

    private Reply finish(String code, String state, String flow) {
        return nobody.post(
                "/api/v1/oidc/finish",
                Json.object()
                        .put("code", code)
                        .put("state", state)
                        .put("flow", flow)
                        .toString());
    }

    private void assertRefused(String what) {
        Reply reply = signIn();
        assertThat(reply.status()).as(what + ": " + reply).isEqualTo(401);
        assertThat(reply.at("reason")).as(what).isEqualTo("oidc_token");
    }

    private String roles(Reply in) {
        return Folk.session(gateway, in.at("token"))
                .get("/api/v1/me/organizations")
                .json()
                .path("data")
                .path(0)
                .path("role")
                .asString();
    }

    private void verify(Somebody who) {
        var people = new dev.millrace.access.people.People(new IdSource(InstantSource.system(), new SecureRandom()));
        gateway.database()
                .writer()
                .<Boolean>write(
                        "a", tx -> people.verify(tx, PersonId.parse(who.id()).orElseThrow(), new Email(who.email())));
    }
}
