package dev.millrace.provider.sandbox.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.assets.ContentTypes;
import dev.millrace.assets.MediaProbe;
import dev.millrace.provider.Transcript;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpeakerTest {
    private static final String TEXT = "The mill turns slowly. Does the river know why? Naïve 42 水车!";

    @ParameterizedTest
    @EnumSource
    void every_format_is_what_it_says_and_lasts_as_long_as_the_reading(SpeechFormat format) throws IOException {
        Speaker speaker = new Speaker(TEXT, "alloy", 1);
        byte[] file = speaker.file(format);
        if (format == SpeechFormat.PCM) {
            assertThat(file).hasSize((int) speaker.milliseconds() * 48);
            return;
        }
        assertThat(ContentTypes.of(Arrays.copyOf(file, 64))).isEqualTo(format.contentType());
        // Frames are whole: MP3 and Opus may end some of them later.
        assertThat(length(file)).isCloseTo(speaker.milliseconds(), within(format == SpeechFormat.MP3 ? 120L : 20L));
    }

    @Test
    void the_same_text_voice_and_speed_are_the_same_file_and_each_of_them_matters() {
        byte[] once = new Speaker(TEXT, "alloy", 1).file(SpeechFormat.WAV);
        assertThat(new Speaker(TEXT, "alloy", 1).file(SpeechFormat.WAV)).isEqualTo(once);
        assertThat(new Speaker(TEXT, "onyx", 1).file(SpeechFormat.WAV)).isNotEqualTo(once);
        assertThat(new Speaker(TEXT + " Yes.", "alloy", 1).file(SpeechFormat.WAV))
                .isNotEqualTo(once);
        assertThat(new Speaker(TEXT, "alloy", 2).milliseconds())
                .isCloseTo(new Speaker(TEXT, "alloy", 1).milliseconds() / 2, within(60L));
    }

    @Test
    void a_low_voice_is_lower_than_a_high_one() throws Exception {
        assertThat(pitch("onyx")).isCloseTo(86, within(25.0));
        assertThat(pitch("nova")).isCloseTo(215, within(50.0));
    }

    @ParameterizedTest
    @EnumSource(names = "PCM", mode = EnumSource.Mode.EXCLUDE)
    void its_own_words_are_known_again_with_times_that_cover_the_recording(SpeechFormat format) throws IOException {
        byte[] file = new Speaker(TEXT, "fable", 1).file(format);
        long millis = length(file);
        Transcript transcript = Listener.transcribe(file, millis, "en");
        assertThat(transcript.text()).isEqualTo(TEXT);
        assertThat(transcript.segments()).hasSize(3);
        assertThat(transcript.segments().getLast().endMs()).isEqualTo(millis);
        assertThat(transcript.words()).hasSize(12);
        assertThat(Transcript.read(transcript.json())).isEqualTo(transcript);
    }

    @Test
    void of_another_recording_it_says_that_it_can_not_hear() {
        Transcript transcript = Listener.transcribe(new byte[100], 12_000, "de");
        assertThat(transcript.text()).startsWith("[Sandbox transcript").contains("Part 3 of 3");
        assertThat(transcript.language()).isEqualTo("de");
        assertThat(transcript.segments().getLast().endMs()).isEqualTo(12_000);
    }

    @Test
    void nothing_to_say_is_silence() {
        assertThat(new Speaker("?!", "alloy", 1).milliseconds()).isPositive();
        assertThat(new Speaker("?!", "alloy", 1).file(SpeechFormat.MP3)).isNotEmpty();
    }

    private static long length(byte[] file) throws IOException {
        Path path = Files.createTempFile("speech", "");
        try {
            Files.write(path, file);
            return MediaProbe.of(path, ContentTypes.of(Arrays.copyOf(file, 64))).durationMs();
        } finally {
            Files.delete(path);
        }
    }

    /** The pitch at which the loudest part repeats itself best. */
    private static double pitch(String voice) throws Exception {
        byte[] file = new Speaker("aaah aaah aaah", voice, 0.5).file(SpeechFormat.WAV);
        AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file));
        byte[] bytes = in.readAllBytes();
        int rate = (int) in.getFormat().getSampleRate();
        int start = bytes.length / 2 / 4;
        double best = 0;
        int at = 0;
        for (int lag = rate / 320; lag < rate / 60; lag++) {
            double sum = 0;
            for (int i = 0; i < rate / 8; i++) {
                sum += sample(bytes, start + i) * sample(bytes, start + i + lag);
            }
            if (sum > best) {
                best = sum;
                at = lag;
            }
        }
        return (double) rate / at;
    }

    private static double sample(byte[] bytes, int index) {
        return (short) (bytes[index * 2] & 0xFF | bytes[index * 2 + 1] << 8) / 32768.0;
    }
}
