package dev.millrace.provider.sandbox.edit;

import java.awt.image.BufferedImage;

/**
 * Where a picture may be changed: 1 where it may, 0 where it may not. A mask with clear parts means those (OpenAI's way);
 * one without means its white (everybody else's).
 */
public record Mask(int width, int height, float[] open) {
    private static final int CLEAR = 128;

    /** The mask of this picture, for a picture of that size. */
    public static Mask of(BufferedImage picture, int width, int height) {
        BufferedImage fitted = Enlarge.to(picture, width, height);
        int[] pixels = fitted.getRGB(0, 0, width, height, null, 0, width);
        boolean byAlpha = false;
        for (int pixel : pixels) {
            byAlpha |= pixel >>> 24 < CLEAR;
        }
        float[] open = new float[pixels.length];
        for (int i = 0; i < open.length; i++) {
            int light = ((pixels[i] >> 16 & 255) * 30 + (pixels[i] >> 8 & 255) * 59 + (pixels[i] & 255) * 11) / 100;
            open[i] = byAlpha ? 1 - (pixels[i] >>> 24) / 255f : light / 255f;
            // A mask has two values; what lies between came from scaling, and belongs to what is kept.
            open[i] = open[i] < 0.5f ? 0 : (open[i] - 0.5f) * 2;
        }
        return new Mask(width, height, open);
    }

    /** The same with edges that fade inwards over so many pixels, and never outwards. */
    Mask feathered(int radius) {
        float[] soft = Blur.of(open, width, height, radius);
        for (int i = 0; i < soft.length; i++) {
            soft[i] = open[i] == 0 ? 0 : Math.clamp((soft[i] - 0.35f) / 0.65f, 0, 1) * open[i];
        }
        return new Mask(width, height, soft);
    }
}
