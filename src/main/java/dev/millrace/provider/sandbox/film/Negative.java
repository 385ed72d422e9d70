package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * Turns a frame into what the encoder takes: brightness for every pixel, colour for every four (YUV 4:2:0, BT.601, studio
 * range, which is what players assume where a file does not say), with a soft vignette over painted scenes.
 */
final class Negative {
    private final int width;
    private final int height;
    private final Picture picture;
    private final int[] dim;

    Negative(int width, int height, boolean plain) {
        this.width = width;
        this.height = height;
        this.picture = Picture.create(width, height, ColorSpace.YUV420J);
        this.dim = new int[width * height];
        double reach = 4.0 / (width * width + height * height);
        for (int i = 0; i < dim.length; i++) {
            double dx = i % width - width / 2.0;
            int row = i / width;
            double dy = row - height / 2.0;
            double out = (dx * dx + dy * dy) * reach;
            dim[i] = plain ? 256 : (int) (256 * (1 - 0.22 * out * out - 0.04 * out));
        }
    }

    /** The picture of this frame; reused for the next one. */
    Picture expose(Canvas frame) {
        int[] pixels = frame.pixels();
        byte[] luma = picture.getPlaneData(0);
        byte[] blue = picture.getPlaneData(1);
        byte[] red = picture.getPlaneData(2);
        for (int row = 0; row < height; row += 2) {
            for (int column = 0; column < width; column += 2) {
                int at = row * width + column;
                int a = shaded(pixels, at, luma);
                int b = shaded(pixels, at + 1, luma);
                int c = shaded(pixels, at + width, luma);
                int d = shaded(pixels, at + width + 1, luma);
                int r = (a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255);
                int g = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255);
                int bl = (a & 255) + (b & 255) + (c & 255) + (d & 255);
                int chroma = (row >> 1) * (width >> 1) + (column >> 1);
                // The encoder's samples are signed: 128 is its 0.
                blue[chroma] = (byte) ((-38 * r - 74 * g + 112 * bl + 512) >> 10);
                red[chroma] = (byte) ((112 * r - 94 * g - 18 * bl + 512) >> 10);
            }
        }
        return picture;
    }

    private int shaded(int[] pixels, int at, byte[] luma) {
        int light = dim[at];
        int pixel = pixels[at];
        int r = (pixel >> 16 & 255) * light >> 8;
        int g = (pixel >> 8 & 255) * light >> 8;
        int b = (pixel & 255) * light >> 8;
        luma[at] = (byte) ((66 * r + 129 * g + 25 * b + 128 >> 8) + 16 - 128);
        return r << 16 | g << 8 | b;
    }
}
