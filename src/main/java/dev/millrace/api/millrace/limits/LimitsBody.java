package dev.millrace.api.millrace.limits;

import dev.millrace.limits.PlanRates.Standing;
import dev.millrace.limits.RateState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may be used, and what is left of it now, on the node that answers. */
record LimitsBody(String object, String plan, @Nullable RateBody key_requests, List<RuleBody> rules, JobsBody jobs) {
    /** So much a minute; {@code reset_seconds} is how long until all of it is there again. */
    record RateBody(long per_minute, long remaining, long reset_seconds) {
        static RateBody of(RateState state) {
            return new RateBody(
                    state.quota(),
                    state.remaining(),
                    state.full().plusNanos(999_999_999).toSeconds());
        }
    }

    /** One rule of the organization or of the key; {@code modality} and {@code model} are null where it counts all. */
    record RuleBody(
            String of,
            String measure,
            @Nullable String modality,
            @Nullable String model,
            long per_minute,
            long remaining,
            long reset_seconds) {
        static RuleBody of(Standing standing) {
            RateBody rate = RateBody.of(standing.state());
            return new RuleBody(
                    standing.whose(),
                    standing.rule().measure().name().toLowerCase(Locale.ROOT),
                    orNull(standing.rule().modality()),
                    orNull(standing.rule().model()),
                    rate.per_minute(),
                    rate.remaining(),
                    rate.reset_seconds());
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    /** How many jobs the organization may have, and has. */
    record JobsBody(long open, long open_limit, long running_limit) {}
}
