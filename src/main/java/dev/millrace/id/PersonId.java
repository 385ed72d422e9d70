package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one person: who signs in with an e-mail address, and may belong to several organizations. */
public record PersonId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<PersonId> parse(String text) {
        return Uuids.parse(text).map(PersonId::new);
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
