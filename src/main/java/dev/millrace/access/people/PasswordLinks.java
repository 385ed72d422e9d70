package dev.millrace.access.people;

import dev.millrace.crypto.Digest;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.PersonId;
import java.util.Optional;

/** Links with which somebody sets his password anew: each works once, within its time, and the newest alone. Safe for all threads. */
public final class PasswordLinks {
    private static final String PREFIX = "mp_";
    private static final String KIND = "password";
    private static final int LETTERS = 50;
    private static final int TEXT_MAX = 100;

    private final IdSource ids;
    private final PeopleSettings settings;
    private final PersonLinkStore store = new PersonLinkStore();

    public PasswordLinks(IdSource ids, PeopleSettings settings) {
        this.ids = ids;
        this.settings = settings;
    }

    /** A new link's token, of which this is the only copy; the links before it work no more. */
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

    /** As {@link #make}, of a link that goes to the person's address by mail and is shown to nobody: it proves the address. */
    public String makeForMail(Tx tx, Person person) {
        String token = make(tx, person);
        store.mailed(tx, Digest.sha256(token));
        return token;
    }

    /** The address that who holds the link has shown to be his; empty for a link that somebody was shown. */
    public Optional<Email> proves(Tx tx, String token) {
        byte[] hash = Digest.sha256(token);
        return store.wasMailed(tx, hash) ? store.address(tx, hash, KIND) : Optional.empty();
    }

    /** Whose link it is, while it works. */
    public Optional<PersonId> find(Tx tx, String token) {
        return token.startsWith(PREFIX) && token.length() <= TEXT_MAX
                ? store.find(tx, Digest.sha256(token), KIND)
                : Optional.empty();
    }

    /** Whether the link worked once, and its time is over; rows of such links are removed in time. */
    public boolean expired(Tx tx, String token) {
        return token.startsWith(PREFIX) && token.length() <= TEXT_MAX && store.expired(tx, Digest.sha256(token), KIND);
    }

    /** Uses it up; false when it works no more. */
    public boolean use(Tx tx, String token) {
        return store.remove(tx, Digest.sha256(token), KIND);
    }

    /** Ends the link of a person, if there is one. */
    public void endAll(Tx tx, PersonId person) {
        store.removeAll(tx, person, KIND);
    }

    /** Removes links whose time is over, at most so many. */
    public int prune(Tx tx, int limit) {
        return store.prune(tx, limit);
    }
}
