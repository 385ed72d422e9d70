package dev.millrace.api.millrace.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.access.people.Invitation;
import org.jspecify.annotations.Nullable;

/**
 * One invitation.
 *
 * @param status open, used, revoked or expired
 * @param token what its link says; shown once, to whoever invites
 * @param link where the guest opens it; shown once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvitationBody(
        String object,
        String id,
        String organization,
        @Nullable String email,
        String role,
        String status,
        String created_at,
        String expires_at,
        @Nullable String token,
        @Nullable String link) {
    static InvitationBody of(Invitation invitation, @Nullable String token, @Nullable String link) {
        return new InvitationBody(
                "invitation",
                invitation.id().text(),
                invitation.organization().text(),
                invitation.email() == null ? null : invitation.email().text(),
                invitation.role().wire(),
                invitation.state().wire(),
                invitation.createdAt().toString(),
                invitation.expiresAt().toString(),
                token,
                link);
    }
}
