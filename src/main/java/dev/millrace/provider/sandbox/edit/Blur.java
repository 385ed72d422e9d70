package dev.millrace.provider.sandbox.edit;

/** Softens pixels: three passes of a box, which together are nearly a bell. */
final class Blur {
    private static final int PASSES = 3;

    private Blur() {}

    /** The pixels softened over {@code radius} pixels; a new array. */
    static int[] of(int[] pixels, int width, int height, int radius) {
        int[] now = pixels.clone();
        int[] next = new int[pixels.length];
        for (int pass = 0; pass < PASSES; pass++) {
            for (int row = 0; row < height; row++) {
                line(now, next, row * width, 1, width, radius);
            }
            for (int column = 0; column < width; column++) {
                line(next, now, column, width, height, radius);
            }
        }
        return now;
    }

    /** The same for one value a pixel. */
    static float[] of(float[] values, int width, int height, int radius) {
        float[] now = values.clone();
        float[] next = new float[values.length];
        for (int pass = 0; pass < PASSES; pass++) {
            for (int row = 0; row < height; row++) {
                line(now, next, row * width, 1, width, radius);
            }
            for (int column = 0; column < width; column++) {
                line(next, now, column, width, height, radius);
            }
        }
        return now;
    }

    private static void line(int[] from, int[] into, int start, int step, int count, int radius) {
        int a = 0;
        int r = 0;
        int g = 0;
        int b = 0;
        int size = 2 * radius + 1;
        for (int i = -radius; i <= radius; i++) {
            int pixel = from[start + Math.clamp(i, 0, count - 1) * step];
            a += pixel >>> 24;
            r += pixel >> 16 & 255;
            g += pixel >> 8 & 255;
            b += pixel & 255;
        }
        for (int i = 0; i < count; i++) {
            into[start + i * step] = a / size << 24 | r / size << 16 | g / size << 8 | b / size;
            int gone = from[start + Math.clamp(i - radius, 0, count - 1) * step];
            int come = from[start + Math.clamp(i + radius + 1, 0, count - 1) * step];
            a += (come >>> 24) - (gone >>> 24);
            r += (come >> 16 & 255) - (gone >> 16 & 255);
            g += (come >> 8 & 255) - (gone >> 8 & 255);
            b += (come & 255) - (gone & 255);
        }
    }

    private static void line(float[] from, float[] into, int start, int step, int count, int radius) {
        double sum = 0;
        int size = 2 * radius + 1;
        for (int i = -radius; i <= radius; i++) {
            sum += from[start + Math.clamp(i, 0, count - 1) * step];
        }
        for (int i = 0; i < count; i++) {
            into[start + i * step] = (float) (sum / size);
            sum += from[start + Math.clamp(i + radius + 1, 0, count - 1) * step]
                    - from[start + Math.clamp(i - radius, 0, count - 1) * step];
        }
    }
}
