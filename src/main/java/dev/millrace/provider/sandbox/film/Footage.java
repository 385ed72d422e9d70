package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.jspecify.annotations.Nullable;

/** A given film, read frame by frame from its start: H.264 in MP4, which is all that is read here. */
public final class Footage {
    private final FrameGrab grab;
    private final double pace;
    private final double seconds;
    private @Nullable Picture current;
    private int read;

    private Footage(FrameGrab grab, double pace, double seconds, Picture first) {
        this.grab = grab;
        this.pace = pace;
        this.seconds = seconds;
        this.current = first;
        this.read = 1;
    }

    /** The film in these bytes; empty when they are none that can be read. */
    public static Optional<Footage> of(byte[] file) {
        try {
            FrameGrab grab =
                    FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)));
            DemuxerTrackMeta meta = grab.getVideoTrack().getMeta();
            Picture first = grab.getNativeFrame();
            boolean sane = first != null && meta.getTotalFrames() > 0 && meta.getTotalDuration() > 0;
            return sane
                    ? Optional.of(new Footage(
                            grab, meta.getTotalFrames() / meta.getTotalDuration(), meta.getTotalDuration(), first))
                    : Optional.empty();
        } catch (IOException | JCodecException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    double seconds() {
        return seconds;
    }

    /** Draws the frame of a time into the canvas, cut to its shape; times only go forward, and behind the end is the last frame. */
    void frame(double time, Canvas into) {
        try {
            while (read <= time * pace) {
                Picture next = grab.getNativeFrame();
                if (next == null) {
                    break;
                }
                current = next;
                read++;
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        if (current != null) {
            draw(current, into);
        }
    }

    private static void draw(Picture frame, Canvas into) {
        int width = frame.getCroppedWidth();
        int height = frame.getCroppedHeight();
        double scale = Math.min((double) width / into.width(), (double) height / into.height());
        double left = (width - into.width() * scale) / 2;
        double top = (height - into.height() * scale) / 2;
        int[] pixels = into.pixels();
        var plane = new Plane(frame);
        for (int row = 0; row < into.height(); row++) {
            double y = Math.clamp(top + (row + 0.5) * scale - 0.5, 0, height - 1.001);
            for (int column = 0; column < into.width(); column++) {
                double x = Math.clamp(left + (column + 0.5) * scale - 0.5, 0, width - 1.001);
                pixels[row * into.width() + column] = plane.colour(x, y);
            }
        }
    }

    /** Brightness for every pixel, colour for every four, read between the pixels. */
    private record Plane(byte[] luma, byte[] blue, byte[] red, int stride, int colourStride) {
        Plane(Picture frame) {
            this(
                    frame.getPlaneData(0),
                    frame.getPlaneData(1),
                    frame.getPlaneData(2),
                    frame.getPlaneWidth(0),
                    frame.getPlaneWidth(1));
        }

        int colour(double x, double y) {
            double l = (between(luma, stride, x, y) - 16) * 1.164;
            int at = ((int) (y / 2)) * colourStride + (int) (x / 2);
            double b = blue[at];
            double r = red[at];
            return 0xFF000000
                    | limit(l + 1.596 * r) << 16
                    | limit(l - 0.813 * r - 0.391 * b) << 8
                    | limit(l + 2.018 * b);
        }

        private static double between(byte[] plane, int stride, double x, double y) {
            int at = ((int) y) * stride + (int) x;
            double across = x - (int) x;
            int below = Math.min(at + stride, plane.length - 2);
            double upper = plane[at] + (plane[at + 1] - plane[at]) * across;
            double lower = plane[below] + (plane[below + 1] - plane[below]) * across;
            return upper + (lower - upper) * (y - (int) y) + 128;
        }

        private static int limit(double value) {
            return Math.clamp(Math.round(value), 0, 255);
        }
    }
}
