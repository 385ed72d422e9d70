package dev.millrace.access;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a key after it was made.
 *
 * @param lastFour the last letters of its secret, by which people tell keys apart
 * @param updatedAt when it was last changed; null when it never was
 * @param revokedAt when it was revoked; null while it was not
 * @param resting whether it was put to rest, and can be taken up again
 * @param former the secret before the last rotation; null when that does not work any more
 * @param state whether it works at this moment
 */
public record KeyInfo(
        KeyId id,
        OrganizationId organization,
        KeySpec spec,
        String lastFour,
        Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant revokedAt,
        boolean resting,
        @Nullable Former former,
        KeyState state) {
    /**
     * A secret that was replaced and works on for a while.
     *
     * @param until from when on it is refused
     */
    public record Former(String lastFour, Instant until) {}

    public String name() {
        return spec.name();
    }

    public Environment environment() {
        return spec.environment();
    }

    public boolean active() {
        return state == KeyState.ACTIVE;
    }

    /** What may be shown of the secret: the whole key in the middle of which nothing can be read. */
    public String label() {
        return "mr_" + id.text() + "_…" + lastFour;
    }
}
