package dev.millrace.mail;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.mail.MailState.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code mails}. */
final class MailStore {
    private static final String STATES =
            "select id, kind, state, attempts, outcome, created_at, next_attempt_at, ended_at from mails";

    /** What one attempt needs. */
    record Pending(byte[] sealed, int attempts, Instant createdAt) {}

    boolean add(Tx tx, String id, String kind, byte[] sealed) {
        return tx.won(
                "insert into mails (id, kind, state, sealed, attempts, created_at, next_attempt_at)"
                        + " values (?, ?, 'pending', ?, 0, ?, ?) on conflict (id) do nothing",
                id,
                kind,
                sealed,
                tx.now(),
                tx.now());
    }

    Optional<Pending> pending(Tx tx, String id) {
        return tx.one(
                "select sealed, attempts, created_at from mails where id = ? and state = 'pending'",
                row -> new Pending(
                        row.bytes("sealed"), Math.toIntExact(row.number("attempts")), row.instant("created_at")),
                id);
    }

    boolean again(Tx tx, String id, int attempt, String outcome, Instant next) {
        return tx.won(
                "update mails set attempts = ?, outcome = ?, next_attempt_at = ? where id = ? and state = 'pending'"
                        + " and attempts = ?",
                attempt,
                outcome,
                next,
                id,
                attempt - 1);
    }

    /** Ends it, and erases to whom it goes and what it says. */
    boolean end(Tx tx, String id, int attempt, String outcome, Progress as) {
        return tx.won(
                "update mails set state = ?, attempts = ?, outcome = ?, next_attempt_at = null, ended_at = ?, sealed = null"
                        + " where id = ? and state = 'pending' and attempts = ?",
                as.wire(),
                attempt,
                outcome,
                tx.now(),
                id,
                attempt - 1);
    }

    Optional<MailState> find(Tx tx, String id) {
        return tx.one(STATES + " where id = ?", MailStore::read, id);
    }

    List<MailState> latest(Tx tx, @Nullable Progress progress, int limit) {
        return progress == null
                ? tx.list(STATES + " order by created_at desc, id desc limit ?", MailStore::read, limit)
                : tx.list(
                        STATES + " where state = ? order by created_at desc, id desc limit ?",
                        MailStore::read,
                        progress.wire(),
                        limit);
    }

    int prune(Tx tx, Instant before, int limit) {
        return tx.update("""
                delete from mails where id in (
                    select id from mails where ended_at is not null and ended_at < ? order by ended_at limit ?)
                """, before, limit);
    }

    private static MailState read(Row row) {
        return new MailState(
                row.text("id"),
                row.text("kind"),
                Progress.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                Math.toIntExact(row.number("attempts")),
                row.textOrNull("outcome"),
                row.instant("created_at"),
                row.instantOrNull("next_attempt_at"),
                row.instantOrNull("ended_at"));
    }
}
