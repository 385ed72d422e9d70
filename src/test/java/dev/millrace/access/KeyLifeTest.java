package dev.millrace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.access.people.Members;
import dev.millrace.address.Network;
import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.db.TxWork;
import dev.millrace.id.IdSource;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A key from its making to its end, with everything that it can be bound to. */
class KeyLifeTest {
    private static final AccessSettings EXACT = new AccessSettings(Duration.ZERO, AccessSettings.DEFAULTS.cacheSize());

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());

    /** One node's view of the keys, and an organization. */
    private final class Desk {
        private final TestDatabase db;
        private final Access access;
        private final Suspensions suspensions;
        private final OrganizationId organization;

        Desk(TestDatabase db) {
            this.db = db;
            this.access = new Access(db.database(), ids, EXACT);
            this.suspensions = new Suspensions(db.database(), access, EXACT);
            this.organization = write(tx -> new Organizations(ids).create(tx, "Acme"));
        }

        private <R> R write(TxWork<R> work) {
            return db.writer().write("keys", work);
        }

        private NewKey make(KeySpec spec) {
            return write(tx -> access.create(tx, organization, spec));
        }

        private Instant now() {
            return db.database().<Instant>read(tx -> tx.now());
        }

        private KeyInfo only() {
            return db.database().read(tx -> access.list(tx, organization)).getFirst();
        }
    }

    private static KeySpec plain() {
        return KeySpec.of("plain", Environment.TEST, Role.DEVELOPER);
    }

    @OnBothDatabases
    void a_key_keeps_everything_that_was_asked_of_it(TestDatabase db) {
        Desk desk = new Desk(db);
        MemberId member = new MemberId(ids.uuid());
        KeyScopes scopes = new KeyScopes(
                Set.of("openai", "millrace"), List.of("acme/*", "sandbox/text"), Set.of(Modality.IMAGE), true);
        Instant end = desk.now().plus(Duration.ofDays(3));
        KeySpec spec = new KeySpec(
                "all", Environment.LIVE, Role.VIEWER, member, scopes, List.of(Network.parse("10.0.0.0/8")), end);
        NewKey key = desk.make(spec);
        KeyInfo info = desk.only();
        assertThat(info.spec().scopes()).isEqualTo(scopes);
        assertThat(info.spec().networks()).extracting(Network::toString).containsExactly("10.0.0.0/8");
        assertThat(info.spec().expiresAt()).isEqualTo(end);
        assertThat(info.spec().member()).isEqualTo(member);
        assertThat(info.spec().role()).isEqualTo(Role.VIEWER);
        assertThat(info.state()).isEqualTo(KeyState.ACTIVE);
        assertThat(info.label())
                .startsWith("mr_" + key.id())
                .endsWith(info.lastFour())
                .doesNotContain(key.secret());
        assertThat(desk.<Boolean>write(tx -> desk.access.change(tx, desk.organization, key.id(), plain())))
                .isTrue();
        assertThat(desk.only().spec().scopes()).isEqualTo(KeyScopes.ALL);
        assertThat(desk.only().updatedAt()).isNotNull();
        assertThat(desk.<Boolean>write(tx -> desk.access.change(tx, ids.organization(), key.id(), plain())))
                .as("somebody else's key")
                .isFalse();
    }

    @OnBothDatabases
    void after_a_rotation_both_secrets_work_until_the_stated_time_and_then_the_old_one_says_why(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey first = desk.make(plain());
        Instant until = desk.now().plus(Duration.ofMillis(700));
        NewKey second = desk.write(tx -> desk.access.rotate(tx, desk.organization, first.id(), until))
                .orElseThrow();
        assertThat(second.full()).isNotEqualTo(first.full());
        assertThat(desk.access.authenticate(first.full())).isEqualTo(desk.access.authenticate(second.full()));
        assertThat(desk.only().former()).isNotNull();
        desk.db.letTimePass(Duration.ofSeconds(1));
        refused(ProblemCode.UNAUTHENTICATED, "replaced", () -> desk.access.authenticate(first.full()));
        assertThat(desk.access.authenticate(second.full()).key()).isEqualTo(first.id());
        assertThat(desk.only().former()).isNull();
    }

    @OnBothDatabases
    void a_former_secret_can_be_ended_before_its_time(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey first = desk.make(plain());
        Instant until = desk.now().plus(Duration.ofDays(1));
        NewKey second = desk.write(tx -> desk.access.rotate(tx, desk.organization, first.id(), until))
                .orElseThrow();
        NewKey third = desk.write(tx -> desk.access.rotate(tx, desk.organization, first.id(), until))
                .orElseThrow();
        List.of(first, second, third).forEach(secret -> desk.access.authenticate(secret.full()));
        assertThat(desk.<Boolean>write(tx -> desk.access.endFormer(tx, first.id())))
                .isTrue();
        refused(ProblemCode.UNAUTHENTICATED, "replaced", () -> desk.access.authenticate(first.full()));
        refused(ProblemCode.UNAUTHENTICATED, "replaced", () -> desk.access.authenticate(second.full()));
        desk.access.authenticate(third.full());
        desk.write(tx -> desk.access.revoke(tx, desk.organization, first.id()));
        refused(ProblemCode.UNAUTHENTICATED, "revoked", () -> desk.access.authenticate(third.full()));
        assertThat(desk.<Optional<NewKey>>write(tx -> desk.access.rotate(tx, desk.organization, first.id(), until)))
                .as("a revoked key has no more secrets")
                .isEmpty();
    }

    @OnBothDatabases
    void under_load_a_rotation_fails_not_one_request(TestDatabase db) throws Exception {
        Desk desk = new Desk(db);
        NewKey first = desk.make(plain());
        AtomicReference<String> secret = new AtomicReference<>(first.full());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> clients = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        // A client may have read the old secret just before the new one was handed out.
                        String mine = secret.get();
                        Thread.yield();
                        try {
                            desk.access.authenticate(mine);
                        } catch (RuntimeException e) {
                            failure.compareAndSet(null, e);
                        }
                    }
                }))
                .toList();
        for (int i = 0; i < 20; i++) {
            Instant until = desk.now().plus(Duration.ofMinutes(1));
            secret.set(desk.write(tx -> desk.access.rotate(tx, desk.organization, first.id(), until))
                    .orElseThrow()
                    .full());
        }
        stop.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(failure.get()).isNull();
    }

    @OnBothDatabases
    void an_expired_key_is_refused_from_its_moment_on(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey key = desk.make(plain().until(desk.now().plus(Duration.ofMillis(700))));
        desk.access.authenticate(key.full());
        desk.db.letTimePass(Duration.ofSeconds(1));
        refused(ProblemCode.UNAUTHENTICATED, "expired", () -> desk.access.authenticate(key.full()));
        assertThat(desk.only().state()).isEqualTo(KeyState.EXPIRED);
        desk.write(tx -> desk.access.change(tx, desk.organization, key.id(), plain()));
        desk.access.authenticate(key.full());
    }

    @OnBothDatabases
    void a_resting_key_is_told_from_a_revoked_one(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey key = desk.make(plain());
        assertThat(desk.<Boolean>write(tx -> desk.access.rest(tx, desk.organization, key.id(), true)))
                .isTrue();
        refused(ProblemCode.FORBIDDEN, "resting", () -> desk.access.authenticate(key.full()));
        assertThat(desk.only().state()).isEqualTo(KeyState.RESTING);
        desk.write(tx -> desk.access.rest(tx, desk.organization, key.id(), false));
        desk.access.authenticate(key.full());
        desk.write(tx -> desk.access.revoke(tx, desk.organization, key.id()));
        assertThat(desk.only().state()).isEqualTo(KeyState.REVOKED);
    }

    @OnBothDatabases
    void a_key_that_is_bound_to_networks_is_refused_where_the_client_is_not_known(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey key = desk.make(plain().from(List.of(Network.parse("10.0.0.0/8"))));
        refused(ProblemCode.FORBIDDEN, "network", () -> desk.access.authenticate(key.full()));
    }

    @OnBothDatabases
    void a_suspended_key_or_member_is_turned_away_and_resumes_as_it_was(TestDatabase db) {
        Desk desk = new Desk(db);
        MemberId member = desk.write(tx -> new Members(ids)
                .add(tx, desk.organization, ids.person(), Role.OWNER)
                .orElseThrow());
        NewKey key = desk.make(plain().ownedBy(member));
        for (Suspendable who : List.of(new Suspendable.OfKey(key.id()), new Suspendable.OfMember(member))) {
            Principal principal = desk.access.authenticate(key.full());
            assertThat(desk.suspensions.stops(principal)).isEmpty();
            assertThat(desk.<Boolean>write(tx -> desk.suspensions.suspend(tx, who, "unpaid", false)))
                    .isTrue();
            assertThat(desk.<Boolean>write(tx -> desk.suspensions.suspend(tx, who, "again", false)))
                    .isFalse();
            refused(ProblemCode.FORBIDDEN, "suspended", () -> desk.access.authenticate(key.full()));
            assertThat(desk.suspensions.stops(principal)).isPresent();
            assertThat(desk.only().state()).isEqualTo(KeyState.SUSPENDED);
            assertThat(desk.<Boolean>write(tx -> desk.suspensions.resume(tx, who, false)))
                    .isTrue();
            assertThat(desk.<Boolean>write(tx -> desk.suspensions.resume(tx, who, false)))
                    .isFalse();
            desk.access.authenticate(key.full());
        }
    }

    @OnBothDatabases
    void a_suspended_organization_may_look_and_pay_and_nothing_else(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey key = desk.make(KeySpec.owner("owner", Environment.LIVE));
        var who = new Suspendable.OfOrganization(desk.organization);
        desk.write(tx -> desk.suspensions.suspend(tx, who, "unpaid", true));
        Principal principal = desk.access.authenticate(key.full());
        assertThat(principal.may(Permission.READ_JOBS)).isTrue();
        assertThat(principal.may(Permission.MANAGE_BILLING)).isTrue();
        assertThat(principal.may(Permission.USE_MODELS)).isFalse();
        assertThat(principal.may(Permission.MANAGE_KEYS)).isFalse();
        assertThat(desk.suspensions.stops(principal)).isPresent();
        desk.write(tx -> desk.suspensions.resume(tx, who, true));
        assertThat(desk.access.authenticate(key.full()).may(Permission.USE_MODELS))
                .isTrue();
    }

    @OnBothDatabases
    void what_the_operator_suspended_the_operator_alone_resumes(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey key = desk.make(plain());
        var who = new Suspendable.OfKey(key.id());
        desk.write(tx -> desk.suspensions.suspend(tx, who, "mine", false));
        assertThat(desk.<Boolean>write(tx -> desk.suspensions.suspend(tx, who, "abuse", true)))
                .as("it goes over what the organization did")
                .isTrue();
        refused(ProblemCode.FORBIDDEN, "suspended", () -> desk.write(tx -> desk.suspensions.resume(tx, who, false)));
        assertThat(desk.<Boolean>write(tx -> desk.suspensions.resume(tx, who, true)))
                .isTrue();
    }

    @Test
    void what_one_node_ends_is_felt_within_a_second_on_another() {
        try (TestDatabase db = TestDatabase.open(SqlDialect.POSTGRESQL);
                Database second = db.another()) {
            Desk desk = new Desk(db);
            Access elsewhere = new Access(second, ids, AccessSettings.DEFAULTS);
            Suspensions watched = new Suspensions(second, elsewhere, AccessSettings.DEFAULTS);
            NewKey revoked = desk.make(plain());
            NewKey suspended = desk.make(plain());
            elsewhere.authenticate(revoked.full());
            Principal running = elsewhere.authenticate(suspended.full());
            assertThat(watched.stops(running)).isEmpty();
            desk.write(tx -> desk.access.revoke(tx, desk.organization, revoked.id()));
            desk.write(tx -> desk.suspensions.suspend(tx, new Suspendable.OfKey(suspended.id()), "abuse", true));
            long since = System.nanoTime();
            Await.until("both are refused", () -> turnedAway(elsewhere, revoked) && turnedAway(elsewhere, suspended));
            Await.until("what runs is stopped", () -> watched.stops(running).isPresent());
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMillis(1_500));
        }
    }

    private static boolean turnedAway(Access access, NewKey key) {
        try {
            access.authenticate(key.full());
            return false;
        } catch (ProblemException e) {
            return true;
        }
    }

    @Test
    void stars_stand_for_any_letters() {
        KeyScopes scopes = new KeyScopes(Set.of(), List.of("acme/*", "*/mini-*-x", "one"), Set.of(), false);
        assertThat(List.of("acme/", "acme/a", "b/mini-7-x", "a/b/mini--x", "one"))
                .allMatch(scopes::reaches);
        assertThat(List.of("acme", "xacme/a", "b/mini-7-y", "mini-7-x", "one1", "b/mini-x"))
                .noneMatch(scopes::reaches);
        assertThat(KeyScopes.ALL.reaches("anything")).isTrue();
        assertThatThrownBy(() -> new KeyScopes(Set.of("opnai"), List.of(), Set.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyScopes(Set.of(), List.of("a b"), Set.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(ProblemCode code, String reason, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().facts()).containsEntry("reason", reason);
        });
    }

    @OnBothDatabases
    void the_trail_of_former_secrets_names_no_secret(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey first = desk.make(plain());
        desk.write(tx -> desk.access.rotate(tx, desk.organization, first.id(), tx.now()));
        Optional<String> stored =
                db.database().read(tx -> tx.one("select last_four from former_secrets", row -> row.text("last_four")));
        assertThat(stored.orElseThrow()).hasSize(4);
    }
}
