package dev.millrace.assets;

import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;

/**
 * One stored file that is whole and may be shown.
 *
 * @param fileName the last part of its link, as {@code 0.png}
 * @param contentType what the bytes are, by looking at them
 * @param sha256 lower-case hexadecimal
 * @param expiresAt when it is removed
 */
public record Asset(
        AssetId id,
        OrganizationId organization,
        AssetKind kind,
        String fileName,
        String contentType,
        long bytes,
        String sha256,
        Instant createdAt,
        Instant expiresAt) {}
