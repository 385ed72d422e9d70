package dev.millrace.access;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a key after it was made.
 *
 * @param lastFour the last letters of its secret, by which people tell keys apart
 * @param revokedAt when it was revoked; null while it works
 * @param resting whether it was put to rest, and can be taken up again
 */
public record KeyInfo(
        KeyId id,
        OrganizationId organization,
        String name,
        Environment environment,
        String lastFour,
        Instant createdAt,
        @Nullable Instant revokedAt,
        boolean resting) {
    public boolean active() {
        return revokedAt == null && !resting;
    }
}
