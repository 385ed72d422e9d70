package dev.millrace.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaProbeTest {
    private static final List<String> TYPES = List.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "video/mp4",
            "video/webm",
            "audio/wav",
            "audio/flac",
            "audio/mpeg",
            "audio/ogg",
            "application/octet-stream");

    @TempDir
    Path folder;

    private MediaFacts probe(byte[] bytes) throws IOException {
        return probe(bytes, ContentTypes.of(bytes));
    }

    private MediaFacts probe(byte[] bytes, String type) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes);
        return MediaProbe.of(file, type);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] box(String name, byte[]... content) {
        byte[] inner = join(content);
        return join(
                ByteBuffer.allocate(4).putInt(inner.length + 8).array(),
                name.getBytes(StandardCharsets.US_ASCII),
                inner);
    }

    private static byte[] little(String head, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(head.length() + 4 * numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(head.getBytes(StandardCharsets.ISO_8859_1));
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    @Test
    void pictures_state_their_size() throws IOException {
        assertThat(probe(hex("89504e470d0a1a0a 0000000d 49484452 00000320 00000258 0806000000")))
                .isEqualTo(new MediaFacts(800, 600, 0));
        assertThat(probe(hex("ffd8 ffe0 0004 0000 ffff c2 0011 08 0258 0320 03")))
                .isEqualTo(new MediaFacts(800, 600, 0));
        assertThat(probe(hex("474946383961 2003 5802 00"))).isEqualTo(new MediaFacts(800, 600, 0));
        String riff = "52494646 00000000 57454250 ";
        assertThat(probe(hex(riff + "56503820 00000000 000000 9d012a 2003 5802")))
                .isEqualTo(new MediaFacts(800, 600, 0));
        assertThat(probe(hex(riff + "5650384c 00000000 2f 1fc39500 00"))).isEqualTo(new MediaFacts(800, 600, 0));
        assertThat(probe(hex(riff + "56503858 0a000000 00000000 1f0300 570200")))
                .isEqualTo(new MediaFacts(800, 600, 0));
    }

    @Test
    void films_state_their_size_and_length() throws IOException {
        byte[] mvhd = box(
                "mvhd",
                ByteBuffer.allocate(100).putInt(12, 600).putInt(16, 3_000).array());
        byte[] tkhd = box(
                "tkhd",
                ByteBuffer.allocate(84)
                        .putInt(76, 1280 << 16)
                        .putInt(80, 720 << 16)
                        .array());
        byte[] film = join(box("ftyp", "isom0000".getBytes(StandardCharsets.US_ASCII)), box("mdat", new byte[99]));
        assertThat(probe(join(film, box("moov", mvhd, box("trak", tkhd))))).isEqualTo(new MediaFacts(1280, 720, 5_000));
        byte[] webm = hex("1a45dfa3 8b 4286 81 01 4282 84 7765626d" + "18538067 01ffffffffffffff"
                + "1549a966 8e 2ad7b1 83 0f4240 4489 84 459c4000" + "1654ae6b 8a ae 88 e0 86 b0 81 40 ba 81 30"
                + "1f43b675 80");
        assertThat(probe(webm)).isEqualTo(new MediaFacts(64, 48, 5_000));
    }

    @Test
    void sounds_state_their_length() throws IOException {
        byte[] wav = join(
                little("RIFF", 0),
                little("WAVEfmt ", 16, 0x0002_0001, 44_100, 176_400, 0x0010_0004),
                little("data", 176_400 * 2),
                new byte[176_400 * 2]);
        assertThat(probe(wav).durationMs()).isEqualTo(2_000);
        byte[] flac = hex("664c6143 00000022 1000 1000 000000 000000 0ac442f0 00015888 00");
        assertThat(probe(flac).durationMs()).isEqualTo(2_000);
        byte[] constant = join(hex("49443303000000000000 fffb9000"), new byte[32_000 - 4]);
        assertThat(probe(constant).durationMs()).isEqualTo(2_000);
        byte[] counted = join(hex("fffb9000"), new byte[32], little("Xing"), hex("00000001 00000064"), new byte[99]);
        assertThat(probe(counted).durationMs()).isEqualTo(100 * 1152 * 1000 / 44_100);
        byte[] opus = join(
                little("OggS"),
                new byte[24],
                little("OpusHead"),
                new byte[50],
                little("OggS"),
                hex("0004"),
                hex("00770100 00000000"),
                new byte[20]);
        assertThat(probe(opus).durationMs()).isEqualTo(2_000);
    }

    @Test
    void a_head_that_lies_or_ends_early_is_no_failure() throws IOException {
        assertThat(probe(hex("89504e470d0a1a0a 0000000d 49484452"))).isEqualTo(MediaFacts.NONE);
        assertThat(probe(hex("89504e470d0a1a0a 0000000d 49484452 ffffffff ffffffff 08")))
                .isEqualTo(new MediaFacts(Integer.MAX_VALUE, Integer.MAX_VALUE, 0));
        byte[] nested = hex("1a45dfa3 80 " + "18538067 01ffffffffffffff".repeat(5_000));
        assertThat(probe(nested, "video/webm")).isEqualTo(MediaFacts.NONE);
        assertThat(probe(new byte[0], "audio/mpeg")).isEqualTo(MediaFacts.NONE);
    }

    @Test
    void any_bytes_come_to_an_end() throws IOException {
        SplittableRandom random = Seeds.random("MediaProbeTest");
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            for (String type : TYPES) {
                assertThat(probe(bytes, type).durationMs()).isNotNegative();
            }
        }
    }
}
