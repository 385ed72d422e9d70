package dev.millrace.provider.sandbox.paint;

/** The last step of a still: a soft vignette, a touch of contrast, and fine grain. */
final class Grade {
    private static final int GRAIN_SIDE = 256;

    private Grade() {}

    static void apply(Canvas canvas, Noise noise) {
        int[] curve = curve();
        float[] grain = grain(noise);
        double cx = canvas.width / 2.0;
        double cy = canvas.height / 2.0;
        double reach = 1 / (cx * cx + cy * cy);
        for (int row = 0; row < canvas.height; row++) {
            double dy2 = (row - cy) * (row - cy);
            for (int column = 0; column < canvas.width; column++) {
                int at = row * canvas.width + column;
                double out = ((column - cx) * (column - cx) + dy2) * reach;
                double dim = (1 - 0.24 * out * out - 0.05 * out) / 256;
                double noiseHere = grain[(row & GRAIN_SIDE - 1) * GRAIN_SIDE + (column & GRAIN_SIDE - 1)];
                int pixel = canvas.pixels[at];
                int r = Canvas.limit((int) (curve[pixel >> 16 & 255] * dim + noiseHere));
                int g = Canvas.limit((int) (curve[pixel >> 8 & 255] * dim + noiseHere));
                int b = Canvas.limit((int) (curve[pixel & 255] * dim + noiseHere));
                canvas.pixels[at] = 0xFF000000 | r << 16 | g << 8 | b;
            }
        }
    }

    /** A gentle S, in 256ths. */
    private static int[] curve() {
        int[] curve = new int[256];
        for (int i = 0; i < 256; i++) {
            double v = i / 255.0;
            double s = v * v * (3 - 2 * v);
            curve[i] = (int) Math.round((v + (s - v) * 0.28) * 255 * 256);
        }
        return curve;
    }

    private static float[] grain(Noise noise) {
        float[] tile = new float[GRAIN_SIDE * GRAIN_SIDE];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = (float) (0.5 + 1.6 * (noise.point(i, 1) + noise.point(i, 2) - 1));
        }
        return tile;
    }
}
