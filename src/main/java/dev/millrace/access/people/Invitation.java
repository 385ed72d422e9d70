package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.id.InvitationId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A way into an organization for somebody who has its link.
 *
 * @param email whom it is for alone; null for whoever has the link
 * @param role what he will be
 */
public record Invitation(
        InvitationId id,
        OrganizationId organization,
        @Nullable Email email,
        Role role,
        State state,
        Instant createdAt,
        Instant expiresAt) {
    /** The same one, which lets nobody in any more. */
    Invitation takenBack() {
        State now = state == State.OPEN ? State.REVOKED : state;
        return new Invitation(id, organization, email, role, now, createdAt, expiresAt);
    }

    /** How it stands. */
    public enum State {
        OPEN,
        USED,
        REVOKED,
        EXPIRED;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
