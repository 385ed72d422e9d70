package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;

/** Lays one canvas over another at an offset in fractions of a pixel, so that slow movement does not jerk. */
final class Compositor {
    private Compositor() {}

    /** The pixel of {@code layer} at the offset comes to lie on the frame's left upper corner. */
    static void over(Canvas layer, double offsetX, double offsetY, Canvas frame) {
        double left = Math.clamp(offsetX, 0, layer.width() - frame.width() - 1.0);
        double top = Math.clamp(offsetY, 0, layer.height() - frame.height() - 1.0);
        int column = (int) left;
        int across = (int) ((left - column) * 256);
        int firstRow = (int) top;
        int down = (int) ((top - firstRow) * 256);
        int[] source = layer.pixels();
        for (int row = 0; row < frame.height(); row++) {
            int at = (firstRow + row) * layer.width() + column;
            if (down == 0) {
                row(source, at, across, frame, row);
            } else {
                rowBetween(source, at, layer.width(), across, down, frame, row);
            }
        }
    }

    private static void row(int[] source, int from, int across, Canvas frame, int row) {
        int[] into = frame.pixels();
        int at = row * frame.width();
        for (int i = 0; i < frame.width(); i++) {
            int a = source[from + i];
            int b = source[from + i + 1];
            if ((a | b) != 0) {
                into[at + i] = blend(into[at + i], a == b ? a : lerp(a, b, across));
            }
        }
    }

    private static void rowBetween(int[] source, int from, int stride, int across, int down, Canvas frame, int row) {
        int[] into = frame.pixels();
        int at = row * frame.width();
        for (int i = 0; i < frame.width(); i++) {
            int above = lerp(source[from + i], source[from + i + 1], across);
            int below = lerp(source[from + stride + i], source[from + stride + i + 1], across);
            int pixel = lerp(above, below, down);
            if (pixel != 0) {
                into[at + i] = blend(into[at + i], pixel);
            }
        }
    }

    /** Between two pixels, two channels at a time; {@code share} of 256 is the second. */
    static int lerp(int a, int b, int share) {
        int keep = 256 - share;
        int rb = ((a & 0xFF00FF) * keep + (b & 0xFF00FF) * share) >>> 8 & 0xFF00FF;
        int ag = ((a >>> 8 & 0xFF00FF) * keep + (b >>> 8 & 0xFF00FF) * share) & 0xFF00FF00;
        return ag | rb;
    }

    /** A premultiplied pixel over an opaque one; light without cover brightens, and stops at white. */
    private static int blend(int under, int over) {
        int alpha = over >>> 24;
        if (alpha == 255) {
            return over;
        }
        if (alpha == 0) {
            int r = screen(under >> 16 & 255, over >> 16 & 255);
            int g = screen(under >> 8 & 255, over >> 8 & 255);
            return 0xFF000000 | r << 16 | g << 8 | screen(under & 255, over & 255);
        }
        int keep = 256 - alpha - (alpha >> 7);
        int r = Math.min(255, (over >> 16 & 255) + ((under >> 16 & 255) * keep >> 8));
        int g = Math.min(255, (over >> 8 & 255) + ((under >> 8 & 255) * keep >> 8));
        int b = Math.min(255, (over & 255) + ((under & 255) * keep >> 8));
        return 0xFF000000 | r << 16 | g << 8 | b;
    }

    private static int screen(int under, int light) {
        return light + ((255 - light) * under >> 8);
    }
}
