package dev.millrace.api.millrace.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.access.signin.SignIn.Entry;
import dev.millrace.id.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * A session that was just opened.
 *
 * @param token what authenticates its requests, as {@code Authorization: Bearer ms_…}; shown this once
 * @param organization what the person just made or joined
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewSessionBody(
        String object,
        String id,
        String token,
        String expires_at,
        PersonBody person,
        @Nullable String organization) {
    static NewSessionBody of(Entry entry, @Nullable OrganizationId organization) {
        return new NewSessionBody(
                "session",
                entry.session().id().text(),
                entry.session().token(),
                entry.session().expiresAt().toString(),
                PersonBody.of(entry.person()),
                organization == null ? null : organization.text());
    }
}
