package dev.millrace.trail;

import dev.millrace.db.Keyset;
import java.time.Instant;
import java.util.Map;

/**
 * One line of the audit log.
 *
 * @param id sorts by the time at which it was written
 * @param at when, by the database's clock
 * @param actor who, and from where
 * @param action what was done, as {@code key.create}
 * @param subject to what, as {@code key:4f…}
 * @param facts what else there is to know, as {@code role → viewer}
 */
public record TrailLine(String id, Instant at, Actor actor, String action, String subject, Map<String, String> facts) {
    /** Its place in the list. */
    Keyset place() {
        return new Keyset(at, id);
    }
}
