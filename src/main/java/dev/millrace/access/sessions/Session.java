package dev.millrace.access.sessions;

import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.id.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody signed in, in one program.
 *
 * @param organization the one that a request is about when it names none; null where he has chosen none
 * @param seenAt when it was last used, to the minute
 * @param expiresAt when it ends, however much it is used
 */
public record Session(
        SessionId id,
        PersonId person,
        @Nullable OrganizationId organization,
        Instant createdAt,
        Instant seenAt,
        Instant expiresAt,
        Client client) {}
