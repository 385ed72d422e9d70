package dev.millrace.access.signin;

import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.EmailLinks;
import dev.millrace.access.people.PasswordLinks;
import dev.millrace.access.people.People;
import dev.millrace.access.people.Person;
import dev.millrace.access.people.PersonLetters;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.util.Map;
import java.util.Optional;

/** Has people show that their addresses are theirs, by links that are sent there. Safe for all threads. */
public final class EmailProofs {
    private final Database database;
    private final People people;
    private final EmailLinks links;
    private final PasswordLinks passwordLinks;
    private final PersonLetters letters;
    private final Attempts attempts;
    private final Trail trail;

    public EmailProofs(
            Database database,
            People people,
            EmailLinks links,
            PasswordLinks passwordLinks,
            PersonLetters letters,
            Attempts attempts,
            Trail trail) {
        this.database = database;
        this.people = people;
        this.links = links;
        this.passwordLinks = passwordLinks;
        this.letters = letters;
        this.attempts = attempts;
        this.trail = trail;
    }

    /** Whether letters are sent, without which nobody can show it here. */
    public boolean on() {
        return letters.on();
    }

    /** Sends somebody a link, in the transaction that he comes in. Nothing where no letters are sent, or it is shown already. */
    public void ask(Tx tx, Person person) {
        if (letters.on() && !person.verified()) {
            letters.verify(tx, person, links.make(tx, person));
        }
    }

    /**
     * Sends another link; the ones before work no more.
     *
     * @return false when the address was shown to be his already
     * @throws dev.millrace.problem.ProblemException {@code UNAVAILABLE} where no letters are sent; {@code RATE_LIMITED} with Retry-After
     */
    public boolean again(SignedIn who) {
        needLetters();
        if (who.person().verified()) {
            return false;
        }
        attempts.check(who.address());
        attempts.tried(who.address());
        return database.writer().<Boolean>write(who.person().id().text(), tx -> {
            if (attempts.letter(tx, who.person().email())) {
                ask(tx, who.person());
            }
            return true;
        });
    }

    /** Whether the link works still. */
    public boolean works(String token) {
        return database.read(tx -> links.works(tx, token));
    }

    /**
     * Takes a link.
     *
     * @param address where the request came from
     * @return whose address it is
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when it works no more; {@code RATE_LIMITED} with Retry-After
     */
    public Person prove(String token, String address) {
        attempts.check(address);
        Optional<Person> proven = database.writer().write("email", tx -> {
            Optional<Person> whose = links.use(tx, token);
            whose.ifPresent(person -> trail.write(
                    tx,
                    Actor.person(person.id(), null, address),
                    "person.verify",
                    "person:" + person.id(),
                    Map.of("how", "link")));
            return whose.flatMap(person -> people.find(tx, person.id()));
        });
        return proven.orElseThrow(() -> {
            attempts.tried(address);
            return Unauthenticated.LINK.exception();
        });
    }

    /**
     * Sends a link to set a password anew to that address, if somebody signs in with it. Whoever asks learns nothing of that.
     *
     * @param address where the request came from
     * @throws dev.millrace.problem.ProblemException {@code UNAVAILABLE} where no letters are sent; {@code RATE_LIMITED} with Retry-After
     */
    public void forgotten(Email email, String address) {
        needLetters();
        attempts.check(address);
        attempts.tried(address);
        database.writer().write(email.text(), tx -> {
            boolean spared = attempts.letter(tx, email);
            people.find(tx, email).filter(person -> spared).ifPresent(person -> {
                letters.password(tx, person, passwordLinks.makeForMail(tx, person));
                trail.write(
                        tx,
                        Actor.anyone(address),
                        "person.password_link",
                        "person:" + person.id(),
                        Map.of("how", "mail"));
            });
            return true;
        });
    }

    private void needLetters() {
        if (!letters.on()) {
            throw Problem.of(
                            ProblemCode.UNAVAILABLE,
                            "This installation sends no letters: ask whoever runs it. He sets mail.host, or makes the link himself.")
                    .toException();
        }
    }
}
