package dev.millrace.access.signin;

import dev.millrace.access.people.Email;
import dev.millrace.access.people.PeopleSettings;
import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what must not be tried often, on all nodes together: guesses at the password of one account, from one address, and of one address
 * at all accounts. It is the same for accounts that are not there. Safe for all threads.
 */
public final class Attempts {
    private static final int FROM_ANYWHERE = 5;
    private static final int OF_ADDRESS = 10;
    private static final int LETTERS = 5;

    private final Database database;
    private final PeopleSettings settings;
    private final AttemptStore store = new AttemptStore();

    public Attempts(Database database, PeopleSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** What an attempt is counted against, and how often that may be. */
    private record Subject(String name, int limit) {}

    /**
     * Lets an attempt at somebody's account go on.
     *
     * @throws dev.millrace.problem.ProblemException {@code RATE_LIMITED}, with the time until when nothing is let through
     */
    public void check(Email email, String address) {
        check(subjects(email, address));
    }

    /** As {@link #check(Email, String)}, for what is no account's, as signing up. */
    public void check(String address) {
        check(List.of(ofAddress(address)));
    }

    /** As {@link #check(Email, String)}, beside the attempt itself: of many at once none goes on that came behind the limit. */
    public void check(Tx tx, Email email, String address) {
        refuse(locked(tx, subjects(email, address)));
    }

    /** Counts an attempt that failed, in the transaction that it failed in. */
    public void failed(Tx tx, Email email, String address) {
        count(tx, subjects(email, address));
    }

    /** Counts an attempt that failed. */
    public void failed(Email email, String address) {
        count(subjects(email, address));
    }

    /** Counts an attempt of something that is counted whether it fails or not. */
    public void tried(String address) {
        count(List.of(ofAddress(address)));
    }

    /** Forgets what failed before, for who got in; what his address did elsewhere stays counted. */
    public void succeeded(Tx tx, Email email, String address) {
        store.forget(tx, subjects(email, address).getFirst().name());
    }

    /** Whether a mailbox gets another letter that anybody can ask for; counts it. It is the same for mailboxes that nobody signs in with. */
    public boolean letter(Tx tx, Email email) {
        String subject = "letters:" + Digest.hex(Digest.sha256(email.text()));
        if (store.lockedUntil(tx, subject).isPresent()) {
            return false;
        }
        Instant since = tx.now().minus(settings.lockFor());
        store.count(tx, subject, since, LETTERS, tx.now().plus(settings.lockFor()));
        return true;
    }

    /** Removes rows that no longer count, at most so many. */
    public int prune(Tx tx, int limit) {
        return store.prune(tx, tx.now().minus(settings.lockFor()), limit);
    }

    private void check(List<Subject> subjects) {
        refuse(database.read(tx -> locked(tx, subjects)));
    }

    /** How long nothing is let through. */
    private Optional<Duration> locked(Tx tx, List<Subject> subjects) {
        return subjects.stream()
                .flatMap(subject -> store.lockedUntil(tx, subject.name()).stream())
                .max(Instant::compareTo)
                .map(until -> Duration.between(tx.now(), until));
    }

    private static void refuse(Optional<Duration> locked) {
        locked.ifPresent(left -> {
            // Up to the next whole second: who comes back then is not told to wait again.
            Duration wait = Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
            throw Problem.of(
                            ProblemCode.RATE_LIMITED,
                            "That was tried too often; try again in " + wait.toSeconds() + " s.")
                    .withFacts(Map.of("reason", "locked"))
                    .withRetryAfter(wait)
                    .toException();
        });
    }

    private void count(List<Subject> subjects) {
        database.writer().write("attempts", tx -> {
            count(tx, subjects);
            return true;
        });
    }

    private void count(Tx tx, List<Subject> subjects) {
        subjects.forEach(subject -> store.count(
                tx,
                subject.name(),
                tx.now().minus(settings.lockFor()),
                subject.limit(),
                tx.now().plus(settings.lockFor())));
    }

    private List<Subject> subjects(Email email, String address) {
        String account = hash(email.text());
        return List.of(
                new Subject("account:" + account + "@" + hash(address), settings.failures()),
                new Subject("account:" + account, settings.failures() * FROM_ANYWHERE),
                ofAddress(address));
    }

    private Subject ofAddress(String address) {
        return new Subject("address:" + hash(address), settings.failures() * OF_ADDRESS);
    }

    /** What is counted says neither who nor from where. */
    private static String hash(String text) {
        return Digest.hex(Digest.sha256(text));
    }
}
