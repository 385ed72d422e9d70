package dev.millrace.provider.sandbox.paint;

/**
 * The tone of a picture: how bright each channel is on the whole, and how much it varies. Giving one picture the tone of
 * another is what makes noon an evening.
 */
public record Tone(double[] mean, double[] spread) {
    /** The tone of these pixels. */
    public static Tone of(int[] pixels) {
        double[] mean = new double[3];
        double[] square = new double[3];
        for (int pixel : pixels) {
            for (int c = 0; c < 3; c++) {
                int value = pixel >> 8 * c & 255;
                mean[c] += value;
                square[c] += value * value;
            }
        }
        double[] spread = new double[3];
        for (int c = 0; c < 3; c++) {
            mean[c] /= pixels.length;
            spread[c] = Math.sqrt(Math.max(0, square[c] / pixels.length - mean[c] * mean[c]));
        }
        return new Tone(mean, spread);
    }

    /** For each channel the value that each value becomes on the way from this tone to another; all the way at 1. */
    public int[][] towards(Tone other, double share) {
        int[][] curves = new int[3][256];
        for (int c = 0; c < 3; c++) {
            double ratio = Math.clamp(other.spread[c] / Math.max(1, spread[c]), 0.45, 1.8);
            for (int value = 0; value < 256; value++) {
                double moved = (value - mean[c]) * ratio + other.mean[c];
                // The ends stay near their places, so that black is not lifted into fog.
                curves[c][value] = Math.clamp(Math.round(value + (moved - value) * share), 0, 255);
            }
        }
        return curves;
    }

    /** Applies such curves in place. */
    public static void apply(int[] pixels, int[][] curves) {
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i];
            pixels[i] = pixel & 0xFF000000
                    | curves[2][pixel >> 16 & 255] << 16
                    | curves[1][pixel >> 8 & 255] << 8
                    | curves[0][pixel & 255];
        }
    }
}
