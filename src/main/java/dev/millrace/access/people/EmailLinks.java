package dev.millrace.access.people;

import dev.millrace.crypto.Digest;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import java.util.Optional;

/** Links with which somebody shows that his address is his: each works once, within its time, and the newest alone. Safe for all threads. */
public final class EmailLinks {
    private static final String PREFIX = "mv_";
    private static final String KIND = "email";
    private static final int LETTERS = 50;
    private static final int TEXT_MAX = 100;

    private final IdSource ids;
    private final PeopleSettings settings;
    private final People people;
    private final PersonLinkStore store = new PersonLinkStore();

    public EmailLinks(IdSource ids, PeopleSettings settings, People people) {
        this.ids = ids;
        this.settings = settings;
        this.people = people;
    }

    /** A new link's token, of which this is the only copy; it goes to the address and to nobody else. */
    public String make(Tx tx, Person person) {
        String token = PREFIX + ids.text(LETTERS);
        store.removeAll(tx, person.id(), KIND);
        store.add(
                tx,
                Digest.sha256(token),
                person.id(),
                KIND,
                person.email(),
                tx.now().plus(settings.linkLife()));
        return token;
    }

    /** Whether the link works still. */
    public boolean works(Tx tx, String token) {
        return formed(token) && store.find(tx, Digest.sha256(token), KIND).isPresent();
    }

    /**
     * Uses a link up, and notes that the address is his who has it.
     *
     * @return whose it is; empty when the link works no more, or went to an address that he has no more
     */
    public Optional<Person> use(Tx tx, String token) {
        if (!formed(token)) {
            return Optional.empty();
        }
        byte[] hash = Digest.sha256(token);
        Optional<Email> address = store.address(tx, hash, KIND);
        Optional<Person> whose = store.find(tx, hash, KIND).flatMap(id -> people.find(tx, id));
        return whose.filter(
                person -> store.remove(tx, hash, KIND) && people.verify(tx, person.id(), address.orElseThrow()));
    }

    private static boolean formed(String token) {
        return token.startsWith(PREFIX) && token.length() <= TEXT_MAX;
    }
}
