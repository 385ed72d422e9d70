package dev.millrace.access.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Organizations;
import dev.millrace.access.Role;
import dev.millrace.access.people.Members.Change;
import dev.millrace.access.sessions.Client;
import dev.millrace.access.sessions.NewSession;
import dev.millrace.access.sessions.Sessions;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.trail.Actor;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What ends by itself, what two do at once, and what many do at once. */
class PeopleLifeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private final PeopleSettings settings = PeopleSettings.DEFAULTS;
    private final People people = new People(ids);
    private final Members members = new Members(ids);

    @OnBothDatabases
    void an_invitation_ends_with_its_time(TestDatabase database) {
        Invitations invitations = new Invitations(ids, settings);
        Invitations.Made made =
                write(database, tx -> invitations.invite(tx, organization(tx), null, Role.VIEWER, Actor.commandLine()));
        later(database, settings.invitationLife().minus(HOUR));
        assertThat(holds(database, tx -> invitations.find(tx, made.token()).isPresent()))
                .isTrue();
        later(database, HOUR);
        assertThat(holds(database, tx -> invitations.find(tx, made.token()).isPresent()))
                .isFalse();
        assertThat(done(
                        database,
                        tx -> invitations.use(
                                tx, made.invitation().id(), person(tx, "bob").id())))
                .isFalse();
    }

    @OnBothDatabases
    void links_end_with_their_time(TestDatabase database) {
        PasswordLinks passwords = new PasswordLinks(ids, settings);
        EmailLinks emails = new EmailLinks(ids, settings, people);
        Person ann = write(database, tx -> person(tx, "ann"));
        String password = write(database, tx -> passwords.make(tx, ann));
        String email = write(database, tx -> emails.make(tx, ann));
        later(database, settings.linkLife().minusMinutes(10));
        assertThat(holds(database, tx -> passwords.find(tx, password).isPresent()))
                .isTrue();
        assertThat(holds(database, tx -> emails.works(tx, email))).isTrue();
        later(database, Duration.ofMinutes(10));
        assertThat(holds(database, tx -> passwords.find(tx, password).isPresent()))
                .isFalse();
        assertThat(done(database, tx -> passwords.use(tx, password))).isFalse();
        assertThat(done(database, tx -> emails.use(tx, email).isPresent())).isFalse();
        assertThat(holds(database, tx -> people.find(tx, ann.id()).orElseThrow().verified()))
                .isFalse();
    }

    @OnBothDatabases
    void a_session_ends_unused_and_at_the_latest_with_its_life(TestDatabase database) {
        Sessions sessions = new Sessions(database.database(), ids, settings);
        Client client = new Client("192.0.2.1", "test");
        Person ann = write(database, tx -> person(tx, "ann"));
        NewSession unused = write(database, tx -> sessions.open(tx, ann.id(), null, client));
        later(database, settings.sessionIdle().minus(HOUR));
        NewSession used = write(database, tx -> sessions.open(tx, ann.id(), null, client));
        assertThat(sessions.find(unused.token(), "192.0.2.1")).isPresent();
        later(database, settings.sessionIdle());
        assertThat(sessions.find(unused.token(), "192.0.2.1")).isEmpty();
        assertThat(sessions.find(used.token(), "192.0.2.1")).isEmpty();
        NewSession kept = write(database, tx -> sessions.open(tx, ann.id(), null, client));
        Duration step = settings.sessionIdle().minus(HOUR);
        for (Duration age = step; age.compareTo(settings.sessionLife()) < 0; age = age.plus(step)) {
            later(database, step);
            assertThat(sessions.find(kept.token(), "192.0.2.1"))
                    .as("used, after " + age)
                    .isPresent();
        }
        later(database, step);
        assertThat(sessions.find(kept.token(), "192.0.2.1"))
                .as("its life is over")
                .isEmpty();
    }

    @OnBothDatabases
    void two_owners_who_step_down_at_once_leave_one(TestDatabase database) throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "o" + round;
            OrganizationId organization = write(database, tx -> organization(tx));
            MemberId first = write(database, tx -> member(tx, organization, name + "a"));
            MemberId second = write(database, tx -> member(tx, organization, name + "b"));
            boolean leave = round % 2 == 0;
            List<Change> came = atOnce(
                    () -> write(database, first.text(), tx -> stepDown(tx, organization, first, false)),
                    () -> write(database, second.text(), tx -> stepDown(tx, organization, second, leave)));
            assertThat(came).as("round " + round).containsExactlyInAnyOrder(Change.DONE, Change.LAST_OWNER);
            List<Member> left = database.database().read(tx -> members.list(tx, organization));
            assertThat(left).filteredOn(member -> member.role() == Role.OWNER).hasSize(1);
        }
    }

    @Test
    void a_flood_of_passwords_waits_for_few_threads_and_is_told_when_to_come_back() throws Exception {
        PeopleSettings slow = new PeopleSettings(
                settings.signUp(),
                settings.passwordLeast(),
                64L << 20,
                2,
                1,
                settings.sessionIdle(),
                settings.sessionLife(),
                settings.failures(),
                settings.lockFor(),
                settings.invitationLife(),
                settings.linkLife(),
                settings.verifyEmail());
        try (Passwords passwords = new Passwords(slow, new SecureRandom());
                ExecutorService flood = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch refused = new CountDownLatch(100);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(flood.submit(() -> {
                    try {
                        passwords.fits("a guess", null);
                    } catch (ProblemException full) {
                        assertThat(full.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE);
                        assertThat(full.problem().retryAfter()).isEqualTo(Duration.ofSeconds(5));
                        refused.countDown();
                    }
                }));
            }
            refused.await();
            // Whoever is first may still be starting the thread while others are refused.
            Await.until("a thread hashes", () -> hashing() > 0);
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(hashing()).as("threads that hash").isEqualTo(1);
        }
    }

    private static long hashing() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("passwords-"))
                .count();
    }

    private Change stepDown(Tx tx, OrganizationId organization, MemberId who, boolean leave) {
        return leave ? members.remove(tx, organization, who) : members.setRole(tx, organization, who, Role.ADMIN);
    }

    private MemberId member(Tx tx, OrganizationId organization, String name) {
        return members.add(tx, organization, person(tx, name).id(), Role.OWNER).orElseThrow();
    }

    private OrganizationId organization(Tx tx) {
        return new Organizations(ids).create(tx, "Somewhere");
    }

    private Person person(Tx tx, String name) {
        return people.add(tx, new Email(name + "@example.org"), name, null, false)
                .flatMap(id -> people.find(tx, id))
                .orElseThrow();
    }

    /** Lets time pass: by the clock where it can be moved, and by making everything older where it can't. */
    private static void later(TestDatabase database, Duration by) {
        switch (database.dialect()) {
            case SQLITE -> database.clock().advance(by);
            case POSTGRESQL ->
                write(database, tx -> {
                    long micros = by.toNanos() / 1_000;
                    tx.update("update invitations set expires_at = expires_at - cast(? as bigint)", micros);
                    tx.update("update person_links set expires_at = expires_at - cast(? as bigint)", micros);
                    tx.update(
                            "update sessions set expires_at = expires_at - cast(? as bigint), seen_at = seen_at - cast(? as bigint)",
                            micros,
                            micros);
                    return true;
                });
        }
    }

    private static List<Change> atOnce(
            java.util.concurrent.Callable<Change> one, java.util.concurrent.Callable<Change> other) throws Exception {
        try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Change> first = two.submit(one);
            Future<Change> second = two.submit(other);
            return List.of(first.get(), second.get());
        }
    }

    private interface Work<R> {
        R in(Tx tx);
    }

    private static <R> R write(TestDatabase database, Work<R> work) {
        return write(database, "a", work);
    }

    private static <R> R write(TestDatabase database, String lane, Work<R> work) {
        return database.writer().write(lane, work::in);
    }

    private static boolean done(TestDatabase database, Predicate<Tx> work) {
        return write(database, work::test);
    }

    private static boolean holds(TestDatabase database, Predicate<Tx> look) {
        return database.database().<Boolean>read(look::test);
    }
}
