package dev.millrace.trail;

import dev.millrace.id.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the audit log are asked for; what is null does not matter.
 *
 * @param organization in whose log; null for the logs of all, and what concerns none
 * @param actor the id of a person or a key, or the name of a kind, as {@code operator}
 * @param action a whole action, as {@code key.create}, or its first word, as {@code key}
 * @param subject to what it was done, as {@code key:4f…}
 * @param from the first moment
 * @param to the moment behind the last
 */
public record TrailFilter(
        @Nullable OrganizationId organization,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Every line in the log of that organization. */
    public static TrailFilter of(@Nullable OrganizationId organization) {
        return new TrailFilter(organization, null, null, null, null, null);
    }
}
