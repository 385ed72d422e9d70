package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one invitation into an organization; the text in its link is another one. */
public record InvitationId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<InvitationId> parse(String text) {
        return Uuids.parse(text).map(InvitationId::new);
    }

    @Override
    public String text() {
        return value.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
