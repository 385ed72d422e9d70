package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Reads UUIDs strictly: {@link UUID#fromString} also takes shortened forms, under which one id would have many texts. */
final class Uuids {
    private static final int LENGTH = 36;

    private Uuids() {}

    static Optional<UUID> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
