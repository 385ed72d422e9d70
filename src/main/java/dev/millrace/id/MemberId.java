package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one membership: one person in one organization, with a role. */
public record MemberId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<MemberId> parse(String text) {
        return Uuids.parse(text).map(MemberId::new);
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
