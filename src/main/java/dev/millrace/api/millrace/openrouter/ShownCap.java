package dev.millrace.api.millrace.openrouter;

import dev.millrace.limits.CapState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one cap of a key that OpenRouter's clients know, by {@code limit} and {@code limit_reset}: that of the longest period. */
public final class ShownCap {
    private ShownCap() {}

    public static Optional<CapState> of(List<CapState> caps) {
        return caps.stream().max(Comparator.comparing(CapState::period));
    }

    /** What they call its period; null for one that never begins anew. */
    public static @Nullable String reset(CapState cap) {
        return switch (cap.period()) {
            case DAY -> "daily";
            case WEEK -> "weekly";
            case MONTH -> "monthly";
            case TOTAL -> null;
        };
    }
}
