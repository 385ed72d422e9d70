package dev.millrace.access.signin;

import dev.millrace.access.Organizations;
import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Guests;
import dev.millrace.access.people.Passwords;
import dev.millrace.access.people.People;
import dev.millrace.access.people.Person;
import dev.millrace.access.people.PersonLetters;
import dev.millrace.access.sessions.Client;
import dev.millrace.access.sessions.Sessions;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes people of those who sign up, and signs them in. Safe for all threads. */
public final class Newcomers {
    private final Database database;
    private final People people;
    private final Passwords passwords;
    private final Guests guests;
    private final Sessions sessions;
    private final Attempts attempts;
    private final SignIn signIn;
    private final EmailProofs proofs;
    private final PersonLetters letters;

    public Newcomers(
            Database database,
            People people,
            Passwords passwords,
            Guests guests,
            Sessions sessions,
            Attempts attempts,
            SignIn signIn,
            EmailProofs proofs,
            PersonLetters letters) {
        this.database = database;
        this.people = people;
        this.passwords = passwords;
        this.guests = guests;
        this.sessions = sessions;
        this.attempts = attempts;
        this.signIn = signIn;
        this.proofs = proofs;
        this.letters = letters;
    }

    /** Somebody new, signed in, and the organization that he came into. */
    public record Arrival(SignIn.Entry entry, OrganizationId organization) {}

    /**
     * Somebody new who holds an invitation's link.
     *
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when the link works no more; {@code FORBIDDEN} when it is for
     *     somebody else's address; {@code INVALID_PARAMETER} for an address that is taken, a bad name or password; {@code RATE_LIMITED}
     *     and {@code UNAVAILABLE} with Retry-After
     */
    public Arrival invited(String token, Email email, String name, String password, Client client) {
        return arrive(
                email,
                name,
                password,
                client,
                () -> {
                    // A password is not hashed for who has no right to come in.
                    if (database.read(tx -> guests.open(tx, token)).isEmpty()) {
                        throw Unauthenticated.LINK.exception();
                    }
                },
                (tx, person) -> guests.join(tx, token, person, client.address()).organization());
    }

    /** As {@link #invited}, for somebody who comes into an organization of his own, which is made by the caller in the transaction. */
    public Arrival own(
            Email email, String name, String password, Client client, BiFunction<Tx, Person, OrganizationId> founding) {
        return arrive(email, name, password, client, () -> {}, founding);
    }

    /**
     * As {@link #own}, and where letters are sent, the same whether the address is taken or not: whoever it belongs to gets a letter, and comes
     * in when he has opened it. The time that it takes is the same as well.
     *
     * @return empty when a letter was sent, and nobody is signed in yet
     */
    public Optional<Arrival> open(
            Email email, String name, String password, Client client, BiFunction<Tx, Person, OrganizationId> founding) {
        if (!letters.on()) {
            return Optional.of(own(email, name, password, client, founding));
        }
        attempts.check(client.address());
        attempts.tried(client.address());
        checkName(name);
        String hash = passwords.hash("password", password, email);
        String before = database.read(
                        tx -> people.find(tx, email).flatMap(person -> people.passwordHash(tx, person.id())))
                .orElse(null);
        boolean same = passwords.fits(password, before); // it takes the same time where there is nobody
        database.writer().write(email.text(), tx -> {
            boolean spared = attempts.letter(tx, email);
            Optional<Person> known = people.find(tx, email);
            if (known.isEmpty()) {
                Person person = add(tx, email, name, hash);
                people.await(tx, person.id());
                var unused = founding.apply(tx, person);
                proofs.ask(tx, person);
            } else if (known.get().awaited()) {
                if (!same) {
                    // Of two who sign up with one address one may be a stranger: the mailbox's owner sets the password
                    // then.
                    people.disarm(tx, known.get().id());
                }
                if (spared) {
                    proofs.ask(tx, known.get());
                }
            } else if (spared) {
                letters.taken(tx, known.get());
            }
            return true;
        });
        return Optional.empty();
    }

    private Arrival arrive(
            Email email,
            String name,
            String password,
            Client client,
            Runnable welcome,
            BiFunction<Tx, Person, OrganizationId> into) {
        attempts.check(client.address());
        attempts.tried(client.address());
        welcome.run();
        String hash = passwords.hash("password", password, email);
        return database.writer().write(email.text(), tx -> {
            Person person = add(tx, email, name, hash);
            OrganizationId organization = into.apply(tx, person);
            Person arrived = people.find(tx, person.id()).orElseThrow();
            proofs.ask(tx, arrived);
            SignIn.Entry entry = signIn.enter(tx, arrived, client, "sign_up");
            sessions.choose(tx, entry.session().id(), organization);
            return new Arrival(entry, organization);
        });
    }

    private Person add(Tx tx, Email email, String name, String hash) {
        PersonId id;
        try {
            id = people.add(tx, email, name, hash, false).orElseThrow(Newcomers::taken);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("name", e.getMessage() + ".").toException();
        }
        return people.find(tx, id).orElseThrow();
    }

    /** Told before it is known whether the address is taken: else it would tell that. */
    private static void checkName(String name) {
        try {
            var unused = Organizations.checkedName(name);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("name", e.getMessage() + ".").toException();
        }
    }

    private static RuntimeException taken() {
        return Problem.field(
                        ProblemCode.INVALID_PARAMETER,
                        FieldError.of(
                                "email",
                                "unique",
                                "cannot be used: somebody signs in with it. Sign in, or set the password anew."))
                .toException();
    }
}
