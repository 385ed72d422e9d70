package dev.millrace.provider.sandbox.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilmTest {
    @Test
    void the_same_take_gives_the_same_bytes() {
        assertThat(Film.shoot(take("the sea", 4, 500))).isEqualTo(Film.shoot(take("the sea", 4, 500)));
    }

    @Test
    void prompt_and_seed_each_change_the_film() {
        byte[] one = Film.shoot(take("the sea", 4, 300));
        assertThat(Film.shoot(take("the blue sea", 4, 300))).isNotEqualTo(one);
        assertThat(Film.shoot(take("the sea", 5, 300))).isNotEqualTo(one);
    }

    @Test
    void the_index_comes_before_the_frames() {
        byte[] file = Film.shoot(take("forest", 1, 500));
        assertThat(new String(file, 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ftyp");
        String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text.indexOf("moov")).isPositive().isLessThan(text.indexOf("mdat"));
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 1000, 2500})
    void every_frame_of_the_asked_duration_can_be_decoded(long milliseconds) throws Exception {
        FrameGrab grab = open(Film.shoot(take("aurora over mountains", 2, milliseconds)));
        int frames = 0;
        for (Picture frame = grab.getNativeFrame(); frame != null; frame = grab.getNativeFrame()) {
            assertThat(frame.getCroppedWidth()).isEqualTo(128);
            assertThat(frame.getCroppedHeight()).isEqualTo(72);
            frames++;
        }
        assertThat(frames).isEqualTo((int) Math.max(1, Math.round(milliseconds * 12 / 1000.0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mountains", "sea", "silk", "wind", "crystal", "abstract", "city", "flowers", "space", "snow"})
    void the_picture_moves(String prompt) throws Exception {
        FrameGrab grab = open(Film.shoot(take(prompt, 3, 2000)));
        byte[] first = grab.getNativeFrame().getPlaneData(0).clone();
        Picture last = null;
        for (Picture frame = grab.getNativeFrame(); frame != null; frame = grab.getNativeFrame()) {
            last = frame;
        }
        assertThat(last).isNotNull();
        assertThat(differing(first, last.getPlaneData(0))).isGreaterThan(first.length / 20);
    }

    @Test
    void a_given_picture_is_what_the_film_shows() throws Exception {
        var picture = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 300, 300);
        pen.dispose();
        Picture frame =
                open(Film.shoot(new Take("night", 1, 128, 72, 500, picture))).getNativeFrame();
        byte middle = frame.getPlaneData(0)[36 * frame.getPlaneWidth(0) + 64];
        assertThat(middle + 128).isGreaterThan(220);
    }

    @Test
    void a_size_or_a_length_beyond_the_limits_is_refused() {
        assertThatThrownBy(() -> new Take("x", 1, 127, 72, 500, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Take("x", 1, 2000, 72, 500, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> take("x", 1, 60_001)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Take take(String prompt, long seed, long milliseconds) {
        return new Take(prompt, seed, 128, 72, milliseconds, null);
    }

    private static FrameGrab open(byte[] file) throws Exception {
        return FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)));
    }

    private static int differing(byte[] one, byte[] other) {
        int count = 0;
        for (int i = 0; i < one.length; i++) {
            count += Math.abs(one[i] - other[i]) > 2 ? 1 : 0;
        }
        return count;
    }
}
