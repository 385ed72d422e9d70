package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one session of a signed-in person; its token is another text, and is nowhere but with its owner. */
public record SessionId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<SessionId> parse(String text) {
        return Uuids.parse(text).map(SessionId::new);
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
