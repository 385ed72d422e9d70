package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one live request; the id of its usage row and of its hold. */
public record RequestId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<RequestId> parse(String text) {
        return Uuids.parse(text).map(RequestId::new);
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
