package dev.millrace.webhooks;

import dev.millrace.db.Tx;
import java.util.Optional;

/** The rows of passing events: which one of a subject is on its way, and which event waits for it. */
final class PassingStore {
    /** Takes the one place that a subject has; false when another passing event has it. */
    boolean take(Tx tx, String subject, String event) {
        return tx.won(
                "insert into webhook_passing (subject, event) values (?, ?) on conflict (subject) do nothing",
                subject,
                event);
    }

    /** The passing event that is on its way. */
    Optional<String> event(Tx tx, String subject) {
        return tx.one("select event from webhook_passing where subject = ?", row -> row.text("event"), subject);
    }

    /** Has the last event wait for the passing one; false when that has just ended. */
    boolean follow(Tx tx, String subject, String event, String last) {
        return tx.won(
                "update webhook_passing set last_event = ? where subject = ? and event = ?", last, subject, event);
    }

    /** Whether a later event has made this one not worth telling any more. */
    boolean superseded(Tx tx, String subject, String event) {
        return tx.count(
                        "select count(*) from webhook_passing where subject = ? and event = ? and last_event is null",
                        subject,
                        event)
                == 0;
    }

    /** Gives the place back, and tells which event waited for that. */
    Optional<String> leave(Tx tx, String subject, String event) {
        return tx
                .list(
                        "delete from webhook_passing where subject = ? and event = ?"
                                + " returning coalesce(last_event, '') as last_event",
                        row -> row.text("last_event"),
                        subject,
                        event)
                .stream()
                .filter(last -> !last.isEmpty())
                .findFirst();
    }
}
