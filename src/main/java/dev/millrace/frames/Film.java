package dev.millrace.frames;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.Picture;

/** One film, opened for its frames. */
final class Film {
    private Film() {}

    /** So many places at even distances, as shares of the length. */
    static List<Double> places(int count) {
        return IntStream.range(0, count).mapToObj(i -> (i + 0.5) / count).toList();
    }

    /** The frames at these places, in their order; fewer when the film ends early. */
    static List<BufferedImage> frames(Path film, List<Double> places) {
        try (var channel = NIOUtils.readableChannel(film.toFile())) {
            FrameGrab grab = FrameGrab.createFrameGrab(channel);
            int total = grab.getVideoTrack().getMeta().getTotalFrames();
            List<BufferedImage> frames = new ArrayList<>();
            int next = 0;
            Picture picture = null;
            for (double place : places) {
                int wanted = Math.clamp((int) (place * total), 0, Math.max(0, total - 1));
                while (next <= wanted) {
                    Picture read = grab.getNativeFrame();
                    if (read == null) {
                        return frames;
                    }
                    picture = read;
                    next++;
                }
                if (picture != null) {
                    frames.add(developed(picture.cropped()));
                }
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JCodecException e) {
            throw new IllegalArgumentException("not a film that can be decoded", e);
        }
    }

    /** From brightness and colour of studio range (BT.601) to red, green and blue; the decoder's samples are signed. */
    private static BufferedImage developed(Picture picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[] luma = picture.getPlaneData(0);
        byte[] blue = picture.getPlaneData(1);
        byte[] red = picture.getPlaneData(2);
        int across = picture.getPlaneWidth(1);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int chroma = y / 2 * across + x / 2;
                int bright = 298 * (luma[y * width + x] + 128 - 16) + 128;
                int r = clamped(bright + 409 * red[chroma]);
                int g = clamped(bright - 100 * blue[chroma] - 208 * red[chroma]);
                int b = clamped(bright + 516 * blue[chroma]);
                image.setRGB(x, y, r << 16 | g << 8 | b);
            }
        }
        return image;
    }

    private static int clamped(int scaled) {
        return Math.clamp(scaled >> 8, 0, 255);
    }
}
