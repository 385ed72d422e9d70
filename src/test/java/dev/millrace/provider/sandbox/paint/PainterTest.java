package dev.millrace.provider.sandbox.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PainterTest {
    @Test
    void the_same_order_gives_the_same_bytes() {
        assertThat(png("a lighthouse at dusk", 7, 0, 160, 90)).isEqualTo(png("a lighthouse at dusk", 7, 0, 160, 90));
    }

    @Test
    void prompt_seed_and_number_each_change_the_picture() {
        int[] one = pixels("snow mountains", 1, 0);
        assertThat(pixels("snow mountain lake", 1, 0)).isNotEqualTo(one);
        assertThat(pixels("snow mountains", 2, 0)).isNotEqualTo(one);
        assertThat(pixels("snow mountains", 1, 1)).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mountains",
                "the sea",
                "desert dunes",
                "forest",
                "city at night",
                "aurora",
                "galaxy",
                "flowers",
                "meadow",
                "silk",
                "wind",
                "crystal",
                "abstract",
                "lighthouse in a storm",
                "snow",
                "balloons over fields",
                "boat"
            })
    void every_motif_fills_the_whole_picture_with_many_colours(String prompt) {
        int[] pixels = pixels(prompt, 3, 0);
        assertThat(Arrays.stream(pixels).allMatch(pixel -> pixel >>> 24 == 255)).isTrue();
        var colours = new HashSet<Integer>();
        IntStream.of(pixels).forEach(colours::add);
        assertThat(colours.size()).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(Motif.class)
    void every_motif_has_a_word_that_asks_for_it(Motif motif) {
        assertThat(Lexicon.MOTIF).containsValue(motif);
    }

    @Test
    void a_png_file_is_read_back_with_the_size_and_the_pixels_that_were_painted() throws IOException {
        for (int[] size : new int[][] {{16, 16}, {333, 77}, {64, 640}}) {
            Canvas canvas = Painter.paint(new Picture("a red forest", 5, 0, size[0], size[1]));
            byte[] file = ImageFile.png(canvas);
            assertThat(file).startsWith(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n');
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
            assertThat(read.getWidth()).isEqualTo(size[0]);
            assertThat(read.getHeight()).isEqualTo(size[1]);
            assertThat(read.getRGB(0, 0, size[0], size[1], null, 0, size[0])).isEqualTo(canvas.pixels());
        }
    }

    @Test
    void a_jpeg_file_is_read_back_with_its_size() throws IOException {
        byte[] file = ImageFile.jpeg(Painter.paint(new Picture("roses", 5, 0, 200, 120)));
        assertThat(file).startsWith(0xFF, 0xD8, 0xFF);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(read.getWidth()).isEqualTo(200);
        assertThat(read.getHeight()).isEqualTo(120);
    }

    @Test
    void a_colour_in_the_prompt_decides_the_colours_of_the_picture() {
        assertThat(mean("red abstract shapes", 16)).isGreaterThan(mean("red abstract shapes", 0));
        assertThat(mean("blue crystal", 0)).isGreaterThan(mean("blue crystal", 16));
    }

    @Test
    void a_prompt_may_be_anything() {
        for (String prompt : new String[] {"", " ", "日本の山", "\uD83D\uDE80", "x".repeat(20_000), "\u0000\n"}) {
            assertThat(pixels(prompt, -1, 0)).hasSize(96 * 64);
        }
    }

    @Test
    void a_size_beyond_the_limits_is_refused() {
        assertThatThrownBy(() -> new Picture("x", 1, 0, 4097, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Picture("x", 1, 0, 10, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] png(String prompt, long seed, int number, int width, int height) {
        return ImageFile.png(Painter.paint(new Picture(prompt, seed, number, width, height)));
    }

    private static int[] pixels(String prompt, long seed, int number) {
        return Painter.paint(new Picture(prompt, seed, number, 96, 64)).pixels();
    }

    private static double mean(String prompt, int shift) {
        return IntStream.range(0, 6)
                .mapToObj(seed -> pixels(prompt, seed, 0))
                .flatMapToInt(IntStream::of)
                .map(pixel -> pixel >> shift & 255)
                .average()
                .orElseThrow();
    }
}
