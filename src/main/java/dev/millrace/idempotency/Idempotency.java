package dev.millrace.idempotency;

import dev.millrace.db.Tx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
        return start(tx, key, fingerprint, lifetime, null);
    }

    /**
     * As {@link #start}, for a live request, which is done or forgotten by its own id.
     *
     * @param request what runs under the key, and is what it created once it is done
     */
    public Start startLive(Tx tx, IdempotencyKey key, Fingerprint fingerprint, String request) {
        return start(tx, key, fingerprint, LIVE, request);
    }

    private Start start(
            Tx tx, IdempotencyKey key, Fingerprint fingerprint, Duration lifetime, @Nullable String request) {
        if (store.insert(tx, key, fingerprint, lifetime, request)
                || store.takeOver(tx, key, fingerprint, lifetime, request)) {
            return new Start.Fresh();
        }
        return taken(store.find(tx, key).orElseThrow(), fingerprint);
    }

    /** What a request with this key would be, without taking it. */
    public Start look(Tx tx, IdempotencyKey key, Fingerprint fingerprint) {
        return store.find(tx, key)
                .filter(found -> tx.now().isBefore(found.expiresAt()))
                .map(found -> taken(found, fingerprint))
                .orElseGet(Start.Fresh::new);
    }

    private static Start taken(IdempotencyStore.Taken taken, Fingerprint fingerprint) {
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

    /** The live request has been answered; false when its key was forgotten meanwhile, or it had none. */
    public boolean liveDone(Tx tx, String request) {
        return store.liveDone(tx, request);
    }

    /** Hands the key of a live request on to the one that is tried in its place; false when it was given free meanwhile. */
    public boolean passLive(Tx tx, String from, String to) {
        return store.passLive(tx, from, to);
    }

    /** Gives the key of a live request free, because it left no effect; false when it is done, or had none. */
    public boolean forgetLive(Tx tx, String request) {
        return store.forgetLive(tx, request);
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
