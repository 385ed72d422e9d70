package dev.millrace.provider.sandbox.speech;

import java.util.Locale;
import java.util.Optional;

/** What a recording can be written as; every one is really encoded. */
public enum SpeechFormat {
    MP3("audio/mpeg"),
    OPUS("audio/ogg"),
    FLAC("audio/flac"),
    WAV("audio/wav"),
    /** Samples alone: 24 kHz, 16 bits, signed, little-endian, one channel. */
    PCM("audio/pcm");

    private final String contentType;

    SpeechFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    public static Optional<SpeechFormat> parse(String name) {
        for (SpeechFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The whole file. */
    byte[] file(short[] samples, String comment) {
        return switch (this) {
            case MP3 -> Mp3File.write(samples, comment);
            case OPUS -> OpusFile.write(samples, comment);
            case FLAC -> FlacFile.write(samples, comment);
            case WAV -> WavFile.write(samples, comment);
            case PCM -> WavFile.bytes(samples);
        };
    }
}
