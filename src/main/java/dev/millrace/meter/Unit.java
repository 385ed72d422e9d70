package dev.millrace.meter;

import java.util.Locale;
import java.util.Optional;

/** A thing that is counted and priced. Durations are counted in milliseconds, so that a quantity is a whole number. */
public enum Unit {
    REQUEST(1),
    INPUT_TOKEN(1),
    CACHED_INPUT_TOKEN(1),
    OUTPUT_TOKEN(1),
    REASONING_TOKEN(1),
    IMAGE(1),
    /** Milliseconds of video, priced per second. */
    VIDEO_SECOND(1000),
    /** Milliseconds of audio, priced per second. */
    AUDIO_SECOND(1000),
    TRACK(1),
    /** Characters of a text that is read aloud. */
    INPUT_CHARACTER(1);

    private final int countedPerPriced;

    Unit(int countedPerPriced) {
        this.countedPerPriced = countedPerPriced;
    }

    /** How many counted parts make the one that a price is stated for: 1000 where a second is counted in milliseconds. */
    public int countedPerPriced() {
        return countedPerPriced;
    }

    /** The name in the catalogue, in usage rows and on the wire, as {@code input_token}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Unit> parse(String wire) {
        for (Unit unit : values()) {
            if (unit.wire().equals(wire)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}
