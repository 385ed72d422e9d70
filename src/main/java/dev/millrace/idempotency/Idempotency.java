package dev.millrace.idempotency;

import dev.millrace.db.Tx;
import java.time.Duration;

/**
 * Decides, inside the transaction of the effect, whether a request is the first with its key.
 *
 * <p>A job starts and is done in the transaction that accepts it. A live request starts, runs, and is then done, or
 * {@link #forget forgotten} when it left no effect; one whose node died is forgotten by the sweep that releases its hold,
 * never by a timer of its own.
 */
public final class Idempotency {
    /** How long a live request is remembered. */
    public static final Duration LIVE = Duration.ofHours(24);

    /** How long the creation of a job is remembered. */
    public static final Duration JOB = Duration.ofDays(30);

    private final IdempotencyStore store = new IdempotencyStore();

    /**
     * Takes the key, or says what it was taken for.
     *
     * @param lifetime how long the key is remembered from now on: {@link #LIVE} or {@link #JOB}
     */
    public Start start(Tx tx, IdempotencyKey key, Fingerprint fingerprint, Duration lifetime) {
        if (store.insert(tx, key, fingerprint, lifetime) || store.takeOver(tx, key, fingerprint, lifetime)) {
            return new Start.Fresh();
        }
        IdempotencyStore.Taken taken = store.find(tx, key).orElseThrow();
        if (!fingerprint.matches(taken.fingerprint())) {
            return new Start.Mismatch();
        }
        String created = taken.created();
        return created == null ? new Start.InUse() : new Start.Replay(created);
    }

    /**
     * Stores what the request created: an id, never content.
     *
     * @throws IllegalStateException when the key was not started, or is done
     */
    public void done(Tx tx, IdempotencyKey key, String created) {
        if (!store.done(tx, key, created)) {
            throw new IllegalStateException("bug: an idempotency key is done that was not running");
        }
    }

    /** Gives a running key free, because its request left no effect; false when it is done or gone. */
    public boolean forget(Tx tx, IdempotencyKey key) {
        return store.forget(tx, key);
    }

    /**
     * Deletes keys that have expired.
     *
     * @return how many; as many as {@code max} means that there may be more
     */
    public int prune(Tx tx, int max) {
        return store.prune(tx, max);
    }
}
