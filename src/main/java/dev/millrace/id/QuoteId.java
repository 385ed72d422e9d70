package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one binding quote. */
public record QuoteId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<QuoteId> parse(String text) {
        return Uuids.parse(text).map(QuoteId::new);
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
