package dev.millrace.access.signin;

import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.PasswordLinks;
import dev.millrace.access.people.Passwords;
import dev.millrace.access.people.People;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Sessions;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.db.Database;
import dev.millrace.id.PersonId;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets new passwords, for who knows the one of now or holds a link. Whoever else is signed in as that person is not any more. Safe for all threads. */
public final class PasswordChanges {
    private final Database database;
    private final People people;
    private final Passwords passwords;
    private final PasswordLinks links;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Trail trail;

    public PasswordChanges(
            Database database,
            People people,
            Passwords passwords,
            PasswordLinks links,
            Sessions sessions,
            Attempts attempts,
            Trail trail) {
        this.database = database;
        this.people = people;
        this.passwords = passwords;
        this.links = links;
        this.sessions = sessions;
        this.attempts = attempts;
        this.trail = trail;
    }

    /** Whose link it is, while it works. */
    public Optional<Person> holder(String token) {
        return database.read(tx -> links.find(tx, token).flatMap(id -> people.find(tx, id)));
    }

    /** Whether a link worked once, and its time is over. */
    public boolean expired(String token) {
        return database.read(tx -> links.expired(tx, token));
    }

    /**
     * Sets the password of a link's holder, uses the link up and ends all of his sessions.
     *
     * @param address where the request came from
     * @return how many sessions ended
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when the link works no more; {@code INVALID_PARAMETER} for a
     *     password that will not do; {@code RATE_LIMITED} and {@code UNAVAILABLE} with Retry-After
     */
    public int byLink(String token, String password, String address) {
        attempts.check(address);
        Person person = holder(token).orElseThrow(() -> {
            attempts.tried(address);
            return Unauthenticated.LINK.exception();
        });
        String hash = passwords.hash("password", password, person.email());
        PersonId id = person.id();
        return database.writer().<Integer>write(person.email().text(), tx -> {
            Optional<Email> proven = links.proves(tx, token);
            if (!links.use(tx, token)) {
                throw Unauthenticated.LINK.exception();
            }
            people.setPassword(tx, id, hash);
            proven.ifPresent(email -> people.verify(tx, id, email));
            int all = sessions.endAll(tx, id, null);
            Map<String, String> facts = Map.of("sessions_ended", Integer.toString(all), "how", "link");
            trail.write(tx, Actor.person(id, null, address), "person.password", "person:" + id, facts);
            return all;
        });
    }

    /**
     * Sets one's own password, and ends the other sessions and a link to set it anew.
     *
     * @param current the password of now; of no account where there is none yet
     * @return how many sessions ended
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when the password of now is another; {@code INVALID_PARAMETER}
     *     for a new one that will not do; {@code RATE_LIMITED} and {@code UNAVAILABLE} with Retry-After
     */
    public int own(SignedIn who, String current, String password) {
        Email email = who.person().email();
        PersonId id = who.person().id();
        attempts.check(email, who.address());
        @Nullable
        String stored = database.read(tx -> people.passwordHash(tx, id)).orElse(null);
        if (stored != null && !passwords.fits(current, stored)) {
            attempts.failed(email, who.address());
            throw Unauthenticated.PASSWORD.exception();
        }
        String hash = passwords.hash("password", password, email);
        return database.writer().<Integer>write(id.text(), tx -> {
            people.setPassword(tx, id, hash);
            links.endAll(tx, id);
            int others = sessions.endAll(tx, id, who.session().id());
            Map<String, String> facts = Map.of("sessions_ended", Integer.toString(others));
            trail.write(tx, who.actor(), "person.password", "person:" + id, facts);
            return others;
        });
    }
}
