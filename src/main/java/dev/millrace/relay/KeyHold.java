package dev.millrace.relay;

import dev.millrace.id.OrganizationId;
import dev.millrace.id.RequestId;
import org.jspecify.annotations.Nullable;

/**
 * An idempotency key over all tries of one request: taken with the first hold, handed on from one try to the next in the
 * transaction of its hold, done with the charge. Closed without a charge, the key is free again; it is nobody else's in between. Used
 * by one thread at a time.
 */
public final class KeyHold implements AutoCloseable {
    private final LiveHolds holds;
    private final LiveKey key;
    private final boolean severalTries;
    private volatile @Nullable RequestId holder;

    /** @param severalTries false frees the key with the hold of the one try that there is */
    KeyHold(LiveHolds holds, LiveKey key, boolean severalTries) {
        this.holds = holds;
        this.key = key;
        this.severalTries = severalTries;
    }

    boolean severalTries() {
        return severalTries;
    }

    LiveKey key() {
        return key;
    }

    /** The try that holds the key; null before the first, and once it is done. */
    @Nullable
    RequestId holder() {
        return holder;
    }

    void heldBy(@Nullable RequestId id) {
        holder = id;
    }

    OrganizationId organization() {
        return key.key().organization();
    }

    /** Frees the key, unless a try was charged under it. */
    @Override
    public void close() {
        holds.free(this);
    }
}
