package dev.millrace.access.sessions;

import dev.millrace.db.Database;
import dev.millrace.id.PersonId;
import dev.millrace.id.SessionId;
import dev.millrace.trail.Trail;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends sessions of whoever is signed in, each with its line in the audit log. Safe for all threads. */
public final class SignOuts {
    private final Database database;
    private final Sessions sessions;
    private final Trail trail;

    public SignOuts(Database database, Sessions sessions, Trail trail) {
        this.database = database;
        this.sessions = sessions;
        this.trail = trail;
    }

    /** Ends one; false when he has none of that id. */
    public boolean one(SignedIn who, SessionId id) {
        PersonId person = who.person().id();
        return database.writer().<Boolean>write(person.text(), tx -> {
            boolean his = sessions.end(tx, person, id);
            if (his) {
                trail.write(tx, who.actor(), "session.end", "session:" + id, Map.of());
            }
            return his;
        });
    }

    /**
     * Ends all.
     *
     * @param but the one that goes on; null for none
     * @return how many ended
     */
    public int all(SignedIn who, @Nullable SessionId but) {
        PersonId person = who.person().id();
        return database.writer().<Integer>write(person.text(), tx -> {
            int ended = sessions.endAll(tx, person, but);
            Map<String, String> facts = Map.of("ended", Integer.toString(ended));
            trail.write(tx, who.actor(), "session.end_all", "person:" + person, facts);
            return ended;
        });
    }
}
