package dev.millrace.assets.length;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AudioLengthTest {
    @Test
    void a_recorder_that_streams_does_not_know_the_size_yet() {
        byte[] wav = wav(48_000 * 3);
        Arrays.fill(wav, 40, 44, (byte) 0xFF);
        assertThat(AudioLength.milliseconds(wav)).hasValue(3_000);
    }

    @Test
    void what_is_no_recording_has_no_length() {
        for (String text :
                new String[] {"", "{}", "RIFF", "RIFF0000WAVE", "fLaC", "OggS", "0000ftyp", "ID3", "text that goes on"
                }) {
            assertThat(AudioLength.milliseconds(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void broken_recordings_never_do_worse_than_have_no_length() {
        SplittableRandom random = Seeds.random("AudioLengthTest");
        String[] heads = {
            "RIFF0000WAVEfmt ", "fLaC", "OggS\0\0OpusHead", "0000ftypM4A 0000moov0000mvhd", "\u00ff\u00f3\u0044"
        };
        for (int run = 0; run < 20_000; run++) {
            byte[] file = new byte[random.nextInt(400)];
            random.nextBytes(file);
            byte[] head = heads[run % heads.length].getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(head, 0, file, 0, Math.min(head.length, file.length));
            assertThatCode(() -> AudioLength.milliseconds(file)).doesNotThrowAnyException();
        }
    }

    private static byte[] wav(int data) {
        byte[] file = new byte[44 + data];
        byte[] head = "RIFF0000WAVEfmt ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, file, 0, head.length);
        file[16] = 16;
        file[28] = (byte) (48_000 & 0xFF);
        file[29] = (byte) (48_000 >> 8);
        System.arraycopy("data".getBytes(StandardCharsets.US_ASCII), 0, file, 36, 4);
        return file;
    }
}
