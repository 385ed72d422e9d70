package dev.millrace.provider.sandbox.paint;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * The pixels under work, and the ways to lay ink on them; coordinates are the scene's (see {@link Shader}).
 *
 * <p>Pixels are premultiplied ARGB, so that a layer can be painted over nothing and put over others later. Every value is
 * dithered on its way to eight bits: skies are long gradients, and would show bands otherwise.
 */
public final class Canvas {
    final int width;
    final int height;
    /** Scene coordinates of the left upper corner, and pixels per scene unit. */
    final double left;

    final double top;
    final double scale;
    final int[] pixels;
    private final BufferedImage image;

    Canvas(int width, int height, double left, double top, double scale) {
        this.width = width;
        this.height = height;
        this.left = left;
        this.top = top;
        this.scale = scale;
        this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        this.pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    /** A canvas that shows exactly the scene. */
    public static Canvas of(int width, int height) {
        return new Canvas(width, height, 0, 0, height);
    }

    /** A canvas of the same scale that shows {@code margin} scene units more on every side. */
    public static Canvas withMargin(int width, int height, double margin) {
        int more = (int) Math.ceil(margin * height);
        return new Canvas(
                width + 2 * more, height + 2 * more, -(double) more / height, -(double) more / height, height);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The live pixels, row by row. */
    public int[] pixels() {
        return pixels;
    }

    public BufferedImage image() {
        return image;
    }

    /** A pen for shapes in scene coordinates, smooth-edged. The caller disposes of it. */
    Graphics2D pen() {
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.scale(scale, scale);
        pen.translate(-left, -top);
        return pen;
    }

    double x(double column) {
        return left + (column + 0.5) / scale;
    }

    double y(double row) {
        return top + (row + 0.5) / scale;
    }

    int row(double y) {
        return Math.clamp((int) Math.floor((y - top) * scale), 0, height);
    }

    int column(double x) {
        return Math.clamp((int) Math.floor((x - left) * scale), 0, width);
    }

    /** Lays a shader over the rows from {@code fromY} to {@code toY}, pixel by pixel. */
    void wash(double fromY, double toY, Shader shader) {
        var ink = new Ink();
        int end = Math.min(height, row(toY) + 1);
        for (int row = row(fromY); row < end; row++) {
            double y = y(row);
            int at = row * width;
            for (int column = 0; column < width; column++) {
                ink.cover = 1;
                shader.shade(x(column), y, ink);
                cover(at + column, row, column, ink);
            }
        }
    }

    void wash(Shader shader) {
        wash(-9, 9, shader);
    }

    /** Puts ink over a pixel. */
    void cover(int at, int row, int column, Ink ink) {
        if (ink.cover <= 0.002) {
            return;
        }
        double keep = 1 - ink.cover;
        double give = 255 * ink.cover;
        int under = pixels[at];
        double noise = dither(row, column);
        int a = (int) ((under >>> 24) * keep + give + 0.5);
        int r = (int) ((under >> 16 & 255) * keep + ink.r * give + noise);
        int g = (int) ((under >> 8 & 255) * keep + ink.g * give + noise);
        int b = (int) ((under & 255) * keep + ink.b * give + noise);
        pixels[at] = a << 24 | limit(r) << 16 | limit(g) << 8 | limit(b);
    }

    /** Adds light to a pixel: never darker, never beyond white, and no cover of its own. */
    void light(int at, int row, int column, Ink ink) {
        if (ink.cover <= 0.002) {
            return;
        }
        int under = pixels[at];
        double noise = dither(row, column);
        int r = screen(under >> 16 & 255, ink.r * ink.cover, noise);
        int g = screen(under >> 8 & 255, ink.g * ink.cover, noise);
        int b = screen(under & 255, ink.b * ink.cover, noise);
        pixels[at] = under & 0xFF000000 | r << 16 | g << 8 | b;
    }

    private static int screen(int under, double light, double noise) {
        return limit((int) (under + light * (255 - under) + noise));
    }

    static int limit(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }

    /** Interleaved gradient noise, 0 to 1: even over any small neighbourhood, with no pattern that the eye finds. */
    static double dither(int row, int column) {
        double inner = 0.06711056 * column + 0.00583715 * row;
        double outer = 52.9829189 * (inner - Math.floor(inner));
        return outer - Math.floor(outer);
    }
}
