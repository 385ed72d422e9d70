package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one stored file, an upload or an output. */
public record AssetId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<AssetId> parse(String text) {
        return Uuids.parse(text).map(AssetId::new);
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
