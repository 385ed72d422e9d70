package dev.millrace.provider.sandbox.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.provider.sandbox.prompt.Dice;
import dev.millrace.provider.sandbox.prompt.Words;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposerTest {
    @Test
    void the_same_order_gives_the_same_bytes() {
        assertThat(Composer.compose("calm", 9, 0, 3000)).isEqualTo(Composer.compose("calm", 9, 0, 3000));
    }

    @Test
    void prompt_seed_and_number_each_change_the_track() {
        byte[] one = Composer.compose("jazz", 9, 0, 3000);
        assertThat(Composer.compose("jazz in june", 9, 0, 3000)).isNotEqualTo(one);
        assertThat(Composer.compose("jazz", 10, 0, 3000)).isNotEqualTo(one);
        assertThat(Composer.compose("jazz", 9, 1, 3000)).isNotEqualTo(one);
    }

    @Test
    void the_file_is_a_wav_of_exactly_the_asked_length() throws Exception {
        for (long milliseconds : new long[] {500, 1234, 5000}) {
            byte[] file = Composer.compose("happy", 1, 0, milliseconds);
            try (AudioInputStream read = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
                AudioFormat format = read.getFormat();
                assertThat(format.getSampleRate()).isEqualTo(44_100f);
                assertThat(format.getChannels()).isEqualTo(2);
                assertThat(format.getSampleSizeInBits()).isEqualTo(16);
                assertThat(read.getFrameLength()).isEqualTo(milliseconds * 44_100 / 1000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mood.class)
    void every_mood_is_heard_fades_at_both_ends_and_never_clips(Mood mood) {
        String prompt = mood.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(Mood.of(Words.of(prompt), Dice.of(prompt, 0))).isEqualTo(mood);
        short[] samples = samples(Composer.compose(prompt, 5, 0, 12_000));
        int peak = 0;
        double power = 0;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
            power += (double) sample * sample;
        }
        assertThat(peak).isBetween(9_000, 30_000);
        assertThat(Math.sqrt(power / samples.length)).isBetween(2_500.0, 9_000.0);
        assertThat(Math.abs(samples[0])).isLessThan((short) 300);
        assertThat(Math.abs(samples[samples.length - 1])).isLessThan((short) 300);
    }

    @Test
    void a_string_is_in_tune() {
        var note = new Note(Instrument.PLUCK, 0, 1, 57, 0.8, 0);
        float[] sound = Tones.play(note);
        assertThat(pitchOf(sound)).isBetween(219.0, 221.0);
    }

    @Test
    void a_length_beyond_the_limits_is_refused() {
        assertThatThrownBy(() -> Composer.compose("x", 1, 0, 499)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Composer.compose("x", 1, 0, 600_001)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The frequency near 220 Hz at which the sound resembles itself most, one period later. */
    private static double pitchOf(float[] sound) {
        double best = 0;
        double bestLag = 0;
        for (double lag = 190; lag < 210; lag += 0.1) {
            double sum = 0;
            for (int i = 10_000; i < 20_000; i++) {
                double place = i + lag;
                int whole = (int) place;
                double between = sound[whole] + (sound[whole + 1] - sound[whole]) * (place - whole);
                sum += sound[i] * between;
            }
            if (sum > best) {
                best = sum;
                bestLag = lag;
            }
        }
        return 44_100 / bestLag;
    }

    private static short[] samples(byte[] file) {
        var buffer = ByteBuffer.wrap(file, 44, file.length - 44)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        short[] samples = new short[buffer.remaining()];
        buffer.get(samples);
        return samples;
    }
}
