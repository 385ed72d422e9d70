package dev.millrace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.address.Network;
import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.db.TxWork;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered of a key never outlives the moment from which on something else is true. */
class KeyMomentsTest {
    /** Long, so that nothing is felt for the reason that it ran out. */
    private static final AccessSettings LONG = new AccessSettings(Duration.ofMinutes(1), 1_000);

    private static final Duration SOON = Duration.ofMillis(400);

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());

    private final class Desk {
        private final TestDatabase db;
        private final Access access;
        private final Suspensions suspensions;
        private final OrganizationId organization;

        Desk(TestDatabase db) {
            this.db = db;
            this.access = new Access(db.database(), ids, LONG);
            this.suspensions = new Suspensions(db.database(), access, LONG);
            this.organization = write(tx -> new Organizations(ids).create(tx, "Acme"));
        }

        private <R> R write(TxWork<R> work) {
            return db.writer().write("keys", work);
        }

        private Instant now() {
            return db.database().<Instant>read(tx -> tx.now());
        }

        private NewKey make(KeySpec spec) {
            return write(tx -> access.create(tx, organization, spec));
        }

        private boolean letIn(NewKey key) {
            try {
                access.authenticate(key.full());
                return true;
            } catch (ProblemException refused) {
                return false;
            }
        }

        /** The clock of a database in a file is moved by hand, and that of the memory runs by itself. */
        private void letItEnd(NewKey key) {
            long since = System.nanoTime();
            db.letTimePass(SOON);
            Await.until("its time is over", () -> !letIn(key));
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static KeySpec plain() {
        return KeySpec.of("plain", Environment.TEST, Role.DEVELOPER);
    }

    @OnBothDatabases
    void a_key_ends_at_its_moment_however_long_it_is_remembered(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey key = desk.make(plain().until(desk.now().plus(SOON)));
        assertThat(desk.letIn(key)).isTrue();
        desk.letItEnd(key);
    }

    @OnBothDatabases
    void a_former_secret_ends_at_its_moment_however_long_it_is_remembered(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey former = desk.make(plain());
        Instant until = desk.now().plus(SOON);
        NewKey current = desk.write(tx -> desk.access.rotate(tx, desk.organization, former.id(), until))
                .orElseThrow();
        assertThat(desk.letIn(former)).isTrue();
        desk.letItEnd(former);
        assertThat(desk.letIn(current)).isTrue();
    }

    @OnBothDatabases
    void each_of_several_former_secrets_works_until_its_own_moment(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey first = desk.make(plain());
        NewKey second = desk.write(tx -> desk.access.rotate(
                        tx, desk.organization, first.id(), tx.now().plus(SOON)))
                .orElseThrow();
        NewKey third = desk.write(tx -> desk.access.rotate(
                        tx, desk.organization, first.id(), tx.now().plus(Duration.ofDays(1))))
                .orElseThrow();
        assertThat(List.of(first, second, third)).allMatch(desk::letIn);
        desk.letItEnd(first);
        assertThat(List.of(second, third)).allMatch(desk::letIn);
    }

    @OnBothDatabases
    void a_new_secret_neither_resumes_a_suspended_key_nor_puts_the_end_of_one_off(TestDatabase db) {
        Desk desk = new Desk(db);
        NewKey suspended = desk.make(plain());
        desk.write(tx -> desk.suspensions.suspend(tx, new Suspendable.OfKey(suspended.id()), "leaked", false));
        NewKey ending = desk.make(plain().until(desk.now().plus(SOON)));
        desk.db.letTimePass(SOON.multipliedBy(2));
        for (NewKey key : List.of(suspended, ending)) {
            NewKey fresh = desk.write(tx -> desk.access.rotate(
                            tx, desk.organization, key.id(), tx.now().plus(Duration.ofDays(1))))
                    .orElseThrow();
            assertThat(desk.letIn(fresh)).isFalse();
            assertThat(desk.letIn(key)).isFalse();
        }
        desk.write(tx -> desk.suspensions.resume(tx, new Suspendable.OfKey(suspended.id()), false));
        assertThat(desk.letIn(suspended)).as("its former secret has time left").isTrue();
    }

    @OnBothDatabases
    void whoever_is_suspended_is_refused_at_once_by_the_node_that_was_told_however_many_ask(TestDatabase db)
            throws Exception {
        Desk desk = new Desk(db);
        NewKey key = desk.make(plain());
        var who = new Suspendable.OfKey(key.id());
        Principal running = desk.access.authenticate(key.full());
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> clients = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    while (!stop.get()) {
                        desk.letIn(key);
                        desk.suspensions.stops(running);
                    }
                }))
                .toList();
        for (int i = 0; i < 50; i++) {
            desk.write(tx -> desk.suspensions.suspend(tx, who, "leaked", false));
            boolean in = desk.letIn(key);
            boolean stopped = desk.suspensions.stops(running).isPresent();
            desk.write(tx -> desk.suspensions.resume(tx, who, false));
            boolean back = desk.letIn(key);
            if (in || !stopped || !back) {
                stop.set(true);
            }
            assertThat(List.of(in, stopped, back)).as("round %d", i).containsExactly(false, true, true);
        }
        stop.set(true);
        for (Thread client : clients) {
            client.join();
        }
    }

    /** What is done to a key on one node. */
    private interface Deed {
        void done(Desk desk, NewKey key);
    }

    private static KeyScopes openAiAlone() {
        return new KeyScopes(Set.of("openai"), List.of(), Set.of(), false);
    }

    @Test
    void whatever_one_of_three_nodes_does_to_a_key_is_felt_by_all_within_a_second() {
        try (TestDatabase db = TestDatabase.open(SqlDialect.POSTGRESQL);
                Database two = db.another();
                Database three = db.another()) {
            Desk desk = new Desk(db);
            List<Access> nodes = List.of(
                    desk.access,
                    new Access(two, ids, AccessSettings.DEFAULTS),
                    new Access(three, ids, AccessSettings.DEFAULTS));
            Map<String, Deed> deeds = Map.of(
                    "revoked",
                    (at, key) -> at.write(tx -> at.access.revoke(tx, at.organization, key.id())),
                    "resting",
                    (at, key) -> at.write(tx -> at.access.rest(tx, at.organization, key.id(), true)),
                    "suspended",
                    (at, key) -> at.write(
                            tx -> at.suspensions.suspend(tx, new Suspendable.OfKey(key.id()), "leaked", false)),
                    "rotated with no overlap",
                    (at, key) -> at.write(tx -> at.access.rotate(tx, at.organization, key.id(), tx.now())),
                    "rotated, and its former secret ended",
                    (at, key) -> at.write(tx -> {
                        at.access.rotate(tx, at.organization, key.id(), tx.now().plus(Duration.ofDays(1)));
                        return at.access.endFormer(tx, key.id());
                    }),
                    "bound to a network",
                    (at, key) -> at.write(tx -> at.access.change(
                            tx, at.organization, key.id(), plain().from(List.of(Network.parse("10.0.0.0/8"))))),
                    "narrowed",
                    (at, key) -> at.write(
                            tx -> at.access.change(tx, at.organization, key.id(), plain().within(openAiAlone()))));
            deeds.forEach((what, deed) -> {
                NewKey key = desk.make(plain());
                nodes.forEach(node -> node.authenticate(key.full()));
                deed.done(desk, key);
                long since = System.nanoTime();
                assertThat(open(nodes.getFirst(), key))
                        .as("%s, where it was told", what)
                        .isFalse();
                Await.until(what + " everywhere", () -> nodes.stream().noneMatch(node -> open(node, key)));
                assertThat(Duration.ofNanos(System.nanoTime() - since)).as(what).isLessThan(Duration.ofMillis(1_500));
            });
        }
    }

    private static boolean open(Access node, NewKey key) {
        try {
            return node.authenticate(key.full()).scopes().dialects().isEmpty();
        } catch (ProblemException refused) {
            return false;
        }
    }

    @Test
    void a_live_answer_goes_on_while_it_can_not_be_looked_up_whether_it_may() {
        try (LocalPostgres server = LocalPostgres.start();
                TestDatabase db = TestDatabase.postgres(server, server.port())) {
            assertThat(db.dialect()).isEqualTo(SqlDialect.POSTGRESQL);
            Desk desk = new Desk(db);
            Principal running = desk.access.authenticate(desk.make(plain()).full());
            server.stopImmediately();
            assertThatThrownBy(desk::now).isInstanceOf(ProblemException.class);
            assertThatCode(() -> assertThat(desk.suspensions.stops(running)).isEmpty())
                    .doesNotThrowAnyException();
            server.startAgain();
        }
    }
}
