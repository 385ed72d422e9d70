package dev.millrace.api.millrace.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.access.sessions.Session;
import dev.millrace.id.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * One session of a person.
 *
 * @param current whether the request came with it
 * @param address where it was used last
 * @param device how the program calls itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionBody(
        String object,
        String id,
        boolean current,
        String created_at,
        String seen_at,
        String expires_at,
        String address,
        String device,
        @Nullable String organization) {
    static SessionBody of(Session session, @Nullable SessionId current) {
        return new SessionBody(
                "session",
                session.id().text(),
                session.id().equals(current),
                session.createdAt().toString(),
                session.seenAt().toString(),
                session.expiresAt().toString(),
                session.client().address(),
                session.client().device(),
                session.organization() == null ? null : session.organization().text());
    }
}
