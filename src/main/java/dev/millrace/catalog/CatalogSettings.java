package dev.millrace.catalog;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the operator's models are.
 *
 * @param directory holds catalogue files (*.yaml) whose models are added to the bundled ones, and replace those of the same
 *     id; null for the bundled ones alone
 * @param poll how often the directory is looked at for changes
 */
public record CatalogSettings(@Nullable Path directory, Duration poll) {
    public static final CatalogSettings DEFAULTS = new CatalogSettings(null, Duration.ofSeconds(2));

    public CatalogSettings {
        if (poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException("poll must be above 0");
        }
    }
}
