package dev.millrace.meter;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kind of thing that a model produces. */
public enum Modality {
    LANGUAGE,
    IMAGE,
    VIDEO,
    MUSIC,
    /** Text read aloud. */
    SPEECH,
    /** Speech written down. */
    TRANSCRIPTION;

    /** The name on the wire and in the catalogue, as {@code language}. */
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

    /** All names in a sentence, as {@code language, image or video}. */
    public static String choices() {
        int last = values().length - 1;
        return Stream.of(values()).limit(last).map(Modality::wire).collect(Collectors.joining(", ")) + " or "
                + values()[last].wire();
    }

    /** Whether a request for it always becomes a durable job that is not waited for. */
    public boolean alwaysJob() {
        return this == VIDEO || this == MUSIC;
    }
}
