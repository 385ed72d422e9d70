package dev.millrace.meter;

import java.util.Locale;
import java.util.Optional;

/** The kind of thing that a model produces. */
public enum Modality {
    LANGUAGE,
    IMAGE,
    VIDEO,
    MUSIC;

    /** The name on the wire and in the catalogue: {@code language}, {@code image}, {@code video}, {@code music}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Modality> parse(String wire) {
        for (Modality modality : values()) {
            if (modality.wire().equals(wire)) {
                return Optional.of(modality);
            }
        }
        return Optional.empty();
    }

    /** Whether a request for it always becomes a durable job. */
    public boolean alwaysJob() {
        return this == VIDEO || this == MUSIC;
    }
}
