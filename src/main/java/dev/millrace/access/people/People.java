package dev.millrace.access.people;

import dev.millrace.access.Organizations;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.PersonId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The people of this installation. Safe for all threads. */
public final class People {
    private final IdSource ids;
    private final PersonStore store = new PersonStore();

    public People(IdSource ids) {
        this.ids = ids;
    }

    /**
     * Adds somebody.
     *
     * @param passwordHash as {@link Passwords#hash} makes it; null for who signs in elsewhere
     * @param verified whether he has shown that the address is his
     * @return empty when the address is taken
     * @throws IllegalArgumentException when the name is blank or longer than 100 letters
     */
    public Optional<PersonId> add(Tx tx, Email email, String name, @Nullable String passwordHash, boolean verified) {
        PersonId id = ids.person();
        return store.add(tx, id, email, Organizations.checkedName(name), passwordHash, verified)
                ? Optional.of(id)
                : Optional.empty();
    }

    public Optional<Person> find(Tx tx, PersonId id) {
        return store.find(tx, id);
    }

    public Optional<Person> find(Tx tx, Email email) {
        return store.find(tx, email);
    }

    /** Those who came last, the newest first. */
    public List<Person> list(Tx tx, int limit) {
        return store.list(tx, limit);
    }

    /** The hash of the password; empty for who has none, and for nobody. */
    public Optional<String> passwordHash(Tx tx, PersonId id) {
        return store.passwordHash(tx, id);
    }

    /** @throws IllegalArgumentException when the name is blank or longer than 100 letters */
    public boolean rename(Tx tx, PersonId id, String name) {
        return store.rename(tx, id, Organizations.checkedName(name));
    }

    /** Sets the password; sessions and links are not its business. */
    public boolean setPassword(Tx tx, PersonId id, String hash) {
        return store.setPassword(tx, id, hash);
    }

    /** Keeps the same password under a hash of today's strength, unless it was changed meanwhile. */
    public boolean rehash(Tx tx, PersonId id, String before, String hash) {
        return store.rehash(tx, id, before, hash);
    }

    /** Lets somebody who was just added in only once he has shown that his address is his. */
    public boolean await(Tx tx, PersonId id) {
        return store.await(tx, id);
    }

    /** Takes the password from somebody who never came in, so that who set it never does; false when he has come in. */
    public boolean disarm(Tx tx, PersonId id) {
        return store.disarm(tx, id);
    }

    /** Notes that the address was shown to be his; false when he has another one by now. */
    public boolean verify(Tx tx, PersonId id, Email email) {
        return store.verify(tx, id, email);
    }
}
