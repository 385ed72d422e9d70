package dev.millrace.api.millrace.privacy;

import dev.millrace.access.Unauthenticated;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.id.PersonId;
import dev.millrace.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;

/** Makes sure that it is the person himself who wants what can not be undone, and not somebody at his desk. */
final class Confirmation {
    /** A session that was opened no longer ago than this confirms whoever has no password. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final PrivacyApi.Rooms rooms;

    Confirmation(PrivacyApi.Rooms rooms) {
        this.rooms = rooms;
    }

    /**
     * Lets the person go on who has sent his {@code password}, and a {@code code} where signing in takes one.
     *
     * @throws ProblemException {@code UNAUTHENTICATED}; {@code RATE_LIMITED} when it was wrong too often
     */
    void check(SignedIn who, Fields body) {
        PersonId id = who.person().id();
        rooms.attempts().check(who.person().email(), who.address());
        Optional<String> stored = rooms.database().read(tx -> rooms.people().passwordHash(tx, id));
        if (stored.isPresent()) {
            if (!rooms.passwords().fits(body.text("password"), stored.get())) {
                throw failed(who, Unauthenticated.PASSWORD);
            }
        } else if (!who.person().twoStep() && !fresh(who)) {
            throw Unauthenticated.SESSION.exception();
        }
        if (who.person().twoStep()) {
            String code = body.text("code").replace(" ", "");
            if (!rooms.database()
                    .writer()
                    .<Boolean>write(id.text(), tx -> rooms.twoStep().passes(tx, id, code))) {
                throw failed(who, Unauthenticated.CODE);
            }
        }
    }

    private boolean fresh(SignedIn who) {
        return rooms.database()
                .<Boolean>read(tx -> who.session().createdAt().plus(FRESH).isAfter(tx.now()));
    }

    private ProblemException failed(SignedIn who, Unauthenticated why) {
        rooms.attempts().failed(who.person().email(), who.address());
        return why.exception();
    }
}
