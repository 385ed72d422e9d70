package dev.millrace.moderation;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the rules of moderation are.
 *
 * @param file a YAML file whose rules are added to the bundled ones, and replace those of the same code; null for none
 * @param bundled whether the rules that come with Millrace hold
 * @param poll how often the file is looked at for changes
 */
public record ModerationSettings(@Nullable Path file, boolean bundled, Duration poll) {
    public static final ModerationSettings DEFAULTS = new ModerationSettings(null, true, Duration.ofSeconds(2));

    public ModerationSettings {
        if (poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException("poll must be above 0");
        }
    }
}
