package dev.millrace.provider.sandbox.edit;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Makes pictures larger: smooth edges first, then a touch of sharpness, which is what an eye takes for detail. */
public final class Enlarge {
    private static final int LARGEST = 4096;
    private static final double SHARPER = 0.45;

    private Enlarge() {}

    /** So many times as wide and as high, as far as a side of 4,096 pixels allows. */
    public static BufferedImage times(BufferedImage picture, double factor) {
        int[] size = size(picture.getWidth(), picture.getHeight(), factor);
        BufferedImage larger = to(Sheets.opaque(picture), size[0], size[1]);
        return factor > 1 ? sharpened(larger) : larger;
    }

    /** The width and the height that {@link #times} gives. */
    public static int[] size(int width, int height, double factor) {
        double bounded = Math.min(factor, (double) LARGEST / Math.max(width, height));
        return new int[] {
            Math.max(1, (int) Math.round(width * bounded)), Math.max(1, (int) Math.round(height * bounded))
        };
    }

    /** Of exactly this size, by doubling or halving on the way, so that nothing is skipped. */
    static BufferedImage to(BufferedImage picture, int width, int height) {
        BufferedImage now = picture;
        while (now.getWidth() > 2 * width && now.getHeight() > 2 * height) {
            now = drawn(now, now.getWidth() / 2, now.getHeight() / 2);
        }
        return now.getWidth() == width && now.getHeight() == height ? now : drawn(now, width, height);
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height) {
        int type = picture.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        var drawn = new BufferedImage(width, height, type);
        Graphics2D pen = drawn.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(picture, 0, 0, width, height, null);
        pen.dispose();
        return drawn;
    }

    private static BufferedImage sharpened(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] from = picture.getRGB(0, 0, width, height, null, 0, width);
        int[] soft = Blur.of(from, width, height, 2);
        for (int i = 0; i < from.length; i++) {
            from[i] = 0xFF000000
                    | channel(from[i], soft[i], 16) << 16
                    | channel(from[i], soft[i], 8) << 8
                    | channel(from[i], soft[i], 0);
        }
        picture.setRGB(0, 0, width, height, from, 0, width);
        return picture;
    }

    private static int channel(int sharp, int soft, int shift) {
        int own = sharp >> shift & 255;
        return Math.clamp(Math.round(own + SHARPER * (own - (soft >> shift & 255))), 0, 255);
    }
}
