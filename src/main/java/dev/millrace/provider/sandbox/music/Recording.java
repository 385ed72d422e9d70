package dev.millrace.provider.sandbox.music;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** A given track as samples: WAV, which is all that is read here. */
public record Recording(float[] left, float[] right) {
    private static final float FULL = 32768f;
    private static final int MINUTES_MAX = 12;

    /** The track in these bytes; empty when they are none that can be read. */
    public static Optional<Recording> of(byte[] file) {
        AudioFormat wanted = new AudioFormat(Wav.RATE, 16, 2, true, false);
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file));
                AudioInputStream same = AudioSystem.getAudioInputStream(wanted, in)) {
            byte[] bytes = same.readNBytes(MINUTES_MAX * 60 * Wav.RATE * 4);
            int count = bytes.length / 4;
            float[] left = new float[count];
            float[] right = new float[count];
            for (int i = 0; i < count; i++) {
                left[i] = (short) (bytes[4 * i] & 255 | bytes[4 * i + 1] << 8) / FULL;
                right[i] = (short) (bytes[4 * i + 2] & 255 | bytes[4 * i + 3] << 8) / FULL;
            }
            return count == 0 ? Optional.empty() : Optional.of(new Recording(left, right));
        } catch (UnsupportedAudioFileException | IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    long milliseconds() {
        return left.length * 1000L / Wav.RATE;
    }

    /** A number that two different tracks hardly share: what is made of a track follows it. */
    public long seed() {
        return Arrays.hashCode(left) * 31L + left.length;
    }

    byte[] file() {
        return Wav.write(left, right);
    }
}
