package dev.millrace.assets;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How files are kept.
 *
 * @param folder where files are kept; null for {@code assets} in the data directory. Nodes of one database share one folder
 * @param maxOutputBytes the largest output that is copied from an upstream
 * @param maxUploadBytes the largest upload that is taken
 * @param uploadQuotaBytes the most that the uploads of one organization may take together
 * @param uploadRetention how long an upload is kept
 * @param ticketLife how long the link to upload to is open
 * @param orphanAge after which a file without a row is removed; longer than any job takes from its first output to its end
 * @param minFreeBytes with less free space than this the node says that it is not ready
 * @param sweepEvery how often expired files are removed
 */
public record AssetSettings(
        @Nullable Path folder,
        long maxOutputBytes,
        long maxUploadBytes,
        long uploadQuotaBytes,
        Duration uploadRetention,
        Duration ticketLife,
        Duration orphanAge,
        long minFreeBytes,
        Duration sweepEvery) {
    public static final AssetSettings DEFAULTS = new AssetSettings(
            null,
            2L * 1024 * 1024 * 1024,
            50L * 1024 * 1024,
            10L * 1024 * 1024 * 1024,
            Duration.ofDays(7),
            Duration.ofHours(1),
            Duration.ofHours(6),
            64L * 1024 * 1024,
            Duration.ofMinutes(1));
}
