package dev.millrace.idempotency;

import dev.millrace.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code idempotency_keys}. */
final class IdempotencyStore {
    private static final String ONE = " where organization = ? and surface = ? and key_hash = ?";

    /** A key that is taken: for what, and what it created once it is done. */
    record Taken(byte[] fingerprint, @Nullable String created, Instant expiresAt) {}

    boolean insert(Tx tx, IdempotencyKey key, Fingerprint fingerprint, Duration lifetime, @Nullable String runningFor) {
        return tx.won(
                """
                insert into idempotency_keys (organization, surface, key_hash, fingerprint, state, running_for, expires_at)
                values (?, ?, ?, ?, 'running', ?, ?) on conflict (organization, surface, key_hash) do nothing""",
                key.organization(),
                key.surface(),
                key.keyHash(),
                fingerprint.bytes(),
                runningFor,
                tx.now().plus(lifetime));
    }

    /** Takes a key whose time has passed and that was not pruned yet. */
    boolean takeOver(
            Tx tx, IdempotencyKey key, Fingerprint fingerprint, Duration lifetime, @Nullable String runningFor) {
        return tx.won(
                "update idempotency_keys set fingerprint = ?, state = 'running', created = null, running_for = ?,"
                        + " expires_at = ?" + ONE
                        + " and expires_at <= ?",
                fingerprint.bytes(),
                runningFor,
                tx.now().plus(lifetime),
                key.organization(),
                key.surface(),
                key.keyHash(),
                tx.now());
    }

    Optional<Taken> find(Tx tx, IdempotencyKey key) {
        return tx.one(
                "select fingerprint, created, expires_at from idempotency_keys" + ONE,
                row -> new Taken(row.bytes("fingerprint"), row.textOrNull("created"), row.instant("expires_at")),
                key.organization(),
                key.surface(),
                key.keyHash());
    }

    boolean done(Tx tx, IdempotencyKey key, String created) {
        return tx.won(
                "update idempotency_keys set state = 'done', created = ?" + ONE + " and state = 'running'",
                created,
                key.organization(),
                key.surface(),
                key.keyHash());
    }

    boolean forget(Tx tx, IdempotencyKey key) {
        return tx.won(
                "delete from idempotency_keys" + ONE + " and state = 'running'",
                key.organization(),
                key.surface(),
                key.keyHash());
    }

    boolean liveDone(Tx tx, String request) {
        return tx.won(
                "update idempotency_keys set state = 'done', created = running_for, running_for = null"
                        + " where running_for = ? and state = 'running'",
                request);
    }

    boolean passLive(Tx tx, String from, String to) {
        return tx.won(
                "update idempotency_keys set running_for = ? where running_for = ? and state = 'running'", to, from);
    }

    boolean forgetLive(Tx tx, String request) {
        return tx.won("delete from idempotency_keys where running_for = ? and state = 'running'", request);
    }

    int prune(Tx tx, int max) {
        return tx.update("""
                delete from idempotency_keys where (organization, surface, key_hash) in (
                    select organization, surface, key_hash from idempotency_keys
                    where expires_at <= ? order by expires_at limit ?)""", tx.now(), max);
    }
}
