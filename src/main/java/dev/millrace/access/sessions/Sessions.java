package dev.millrace.access.sessions;

import dev.millrace.access.PersonDoor;
import dev.millrace.access.people.PeopleSettings;
import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.id.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens, finds and ends sessions. Safe for all threads. */
public final class Sessions {
    /** 258 random bits. */
    private static final int LETTERS = 50;

    private static final int TEXT_MAX = 100;
    private static final Duration SEEN_TO = Duration.ofMinutes(1);

    private final Database database;
    private final IdSource ids;
    private final PeopleSettings settings;
    private final SessionStore store = new SessionStore();

    public Sessions(Database database, IdSource ids, PeopleSettings settings) {
        this.database = database;
        this.ids = ids;
        this.settings = settings;
    }

    /**
     * Opens a session. The answer holds the only copy of its token.
     *
     * @param organization the one that it is about at first; null for the one that he joined first
     */
    public NewSession open(Tx tx, PersonId person, @Nullable OrganizationId organization, Client client) {
        String token = PersonDoor.PREFIX + ids.text(LETTERS);
        Instant end = tx.now().plus(settings.sessionLife());
        Session session = new Session(ids.session(), person, organization, tx.now(), tx.now(), end, client);
        store.add(tx, session, Digest.sha256(token));
        return new NewSession(session.id(), token, end);
    }

    /** The session of this token, unless it has ended, and notes that it was used; empty for anything else. */
    public Optional<Session> find(String token, String address) {
        if (!token.startsWith(PersonDoor.PREFIX) || token.length() > TEXT_MAX) {
            return Optional.empty();
        }
        record Found(Session session, boolean stale) {}
        Optional<Found> found = database.read(tx -> store.find(tx, Digest.sha256(token), seenAfter(tx))
                .map(session ->
                        new Found(session, session.seenAt().plus(SEEN_TO).isBefore(tx.now()))));
        found.filter(Found::stale)
                .ifPresent(one -> database.writer().write(one.session().person().text(), tx -> {
                    store.seen(tx, one.session().id(), address);
                    return true;
                }));
        return found.map(Found::session);
    }

    /** The sessions of a person, the newest first. */
    public List<Session> list(Tx tx, PersonId person) {
        return store.list(tx, person, seenAfter(tx));
    }

    /** Lets a session be about that organization from now on. */
    public boolean choose(Tx tx, SessionId id, @Nullable OrganizationId organization) {
        return store.choose(tx, id, organization);
    }

    /** Ends one session of a person; false when he has none of that id. */
    public boolean end(Tx tx, PersonId person, SessionId id) {
        return store.end(tx, person, id);
    }

    /**
     * Ends all sessions of a person.
     *
     * @param but the one that goes on; null for none
     * @return how many ended
     */
    public int endAll(Tx tx, PersonId person, @Nullable SessionId but) {
        return store.endAll(tx, person, but);
    }

    /** Removes rows of sessions that have ended, at most so many. */
    public int prune(Tx tx, int limit) {
        return store.prune(tx, limit);
    }

    private Instant seenAfter(Tx tx) {
        return tx.now().minus(settings.sessionIdle());
    }
}
