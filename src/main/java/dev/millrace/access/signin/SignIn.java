package dev.millrace.access.signin;

import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Passwords;
import dev.millrace.access.people.People;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Client;
import dev.millrace.access.sessions.NewSession;
import dev.millrace.access.sessions.Sessions;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets people in by their passwords. Safe for all threads. */
public final class SignIn {
    private final Database database;
    private final People people;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Attempts attempts;
    private final TwoStep twoStep;
    private final Trail trail;

    public SignIn(
            Database database,
            People people,
            Passwords passwords,
            Sessions sessions,
            Attempts attempts,
            TwoStep twoStep,
            Trail trail) {
        this.database = database;
        this.people = people;
        this.passwords = passwords;
        this.sessions = sessions;
        this.attempts = attempts;
        this.twoStep = twoStep;
        this.trail = trail;
    }

    /** Somebody who came in, and the session that was opened for him. */
    public record Entry(Person person, NewSession session) {}

    /**
     * Lets somebody in by his password, and a code where that takes two steps.
     *
     * @param code of his authenticator, or a recovery code; null when he sends none
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when address, password or code are wrong; {@code RATE_LIMITED} with
     *     Retry-After when that was so too often, and {@code UNAVAILABLE} when too many wait to be let in
     */
    public Entry withPassword(Email email, String password, @Nullable String code, Client client) {
        attempts.check(email, client.address());
        record Known(Person person, @Nullable String hash) {}
        Optional<Known> known = database.read(tx -> people.find(tx, email)
                .map(person ->
                        new Known(person, people.passwordHash(tx, person.id()).orElse(null))));
        String hash = known.map(Known::hash).orElse(null);
        boolean fits = passwords.fits(password, hash);
        // Many at once wait for their turn: what failed meanwhile counts, and a right password is then told from a
        // wrong one no more.
        attempts.check(email, client.address());
        // Who has not opened his letter is not here yet, and that sounds as if he was not.
        if (!fits || known.isEmpty() || hash == null || known.get().person().awaited()) {
            attempts.failed(email, client.address());
            throw Unauthenticated.PASSWORD.exception();
        }
        Person person = known.get().person();
        if (person.twoStep() && code == null) {
            throw Unauthenticated.CODE_NEEDED.exception();
        }
        String renewed = passwords.outdated(hash) ? passwords.again(password) : null;
        Optional<Entry> entry = database.writer().write(person.id().text(), tx -> {
            attempts.check(tx, email, client.address());
            if (person.twoStep() && !twoStep.passes(tx, person.id(), code == null ? "" : code)) {
                attempts.failed(tx, email, client.address());
                return Optional.empty();
            }
            if (renewed != null) {
                people.rehash(tx, person.id(), hash, renewed);
            }
            return Optional.of(enter(tx, person, client, person.twoStep() ? "two_step" : "password"));
        });
        return entry.orElseThrow(Unauthenticated.CODE::exception);
    }

    /** Opens a session for somebody who has shown who he is. */
    public Entry enter(Tx tx, Person person, Client client, String how) {
        attempts.succeeded(tx, person.email(), client.address());
        NewSession session = sessions.open(tx, person.id(), null, client);
        trail.write(
                tx,
                Actor.person(person.id(), null, client.address()),
                "session.open",
                "session:" + session.id(),
                Map.of("how", how));
        return new Entry(person, session);
    }
}
