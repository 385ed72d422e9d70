package dev.millrace.provider.sandbox.paint;

/**
 * Water in front of the view: it mirrors what has been painted above its edge, broken by waves, with the light's glitter.
 *
 * <p>Alive, and in need of what lies behind it, so a film paints it into every frame.
 *
 * @param edge where the water begins
 * @param rough 0 for a lake at dawn, 1 for the open sea
 */
record Water(Stage stage, Noise noise, double edge, double rough) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        int first = canvas.row(edge);
        Palette palette = stage.palette();
        Rgb deep = palette.near().mix(palette.sky().get(1), palette.night() ? 0.25 : 0.42);
        Rgb glint = palette.light();
        double step = 1 / canvas.scale;
        double[] waves = new double[canvas.width + 2];
        double[] fine = new double[canvas.width + 2];
        var ink = new Ink();
        for (int row = first; row < canvas.height; row++) {
            double y = canvas.y(row);
            double near = Math.max((y - edge) / Math.max(0.05, 1 - edge), step);
            waves(canvas, near, seconds, waves, fine);
            for (int column = 0; column < canvas.width; column++) {
                double slope = waves[column];
                reflect(canvas, first, row, column, slope, near, ink);
                double steep = Math.clamp(0.16 + 0.62 * near * (0.45 + 0.55 * rough) + slope * 0.34 * rough, 0, 0.86);
                ink.mix(deep, steep);
                double glitter = glitter(canvas.x(column), near, slope + 0.6 * fine[column]);
                ink.mix(glint, Math.min(0.95, glitter));
                ink.cover = 1;
                canvas.cover(row * canvas.width + column, row, column, ink);
            }
        }
    }

    /** Perspective is in the frequencies: waves far away are flat and many, close by they are long and tall. */
    private void waves(Canvas canvas, double near, double seconds, double[] waves, double[] fine) {
        double far = 1 / (0.045 + 0.55 * near);
        double wide = far * (1.5 + 1.2 * rough);
        double deep = 15 * Math.log(0.02 + near);
        double flow = seconds * 0.55;
        // Columns in between are interpolated where the canvas is finer than the waves.
        int stride = Math.max(1, (int) (canvas.scale / wide / 14));
        for (int column = 0; column < canvas.width + stride; column += stride) {
            double x = canvas.x(column);
            double a = noise.at(x * wide + flow * 0.4, deep * 1.15 - flow);
            double b = noise.at(x * wide * 2.3 - flow * 0.5, deep * 2.4 - flow * 1.3 + 40);
            double c = noise.at(x * wide * 5.1 + flow, deep * 4.6 - flow * 1.7 + 80);
            spread(waves, column, stride, a * 0.5 + b * 0.35 + c * 0.2);
            spread(fine, column, stride, c * 0.7 + b * 0.3);
        }
    }

    private static void spread(double[] row, int column, int stride, double value) {
        if (column < row.length) {
            row[column] = value;
        }
        if (column >= stride) {
            double last = row[column - stride];
            for (int i = 1; i < stride; i++) {
                int between = column - stride + i;
                if (between < row.length) {
                    row[between] = last + (value - last) * i / stride;
                }
            }
        }
    }

    private void reflect(Canvas canvas, int first, int row, int column, double slope, double near, Ink ink) {
        double up =
                (row - first) * (0.92 - 0.30 * rough) + slope * canvas.scale * (0.012 + 0.10 * rough) * Math.sqrt(near);
        int sourceRow = Math.clamp((int) (first - 1 - Math.abs(up)), 0, Math.max(0, first - 1));
        int sourceColumn = Math.clamp(column + (int) (slope * canvas.scale * 0.016 * near), 0, canvas.width - 1);
        int pixel = canvas.pixels[sourceRow * canvas.width + sourceColumn];
        ink.r = (pixel >> 16 & 255) / 255.0;
        ink.g = (pixel >> 8 & 255) / 255.0;
        ink.b = (pixel & 255) / 255.0;
    }

    private double glitter(double x, double near, double slope) {
        double width = 0.035 + 0.24 * near * (0.35 + 0.65 * rough) + 0.02 * rough;
        double off = (x - stage.lightX()) / width;
        double path = Math.exp(-off * off);
        double threshold = 0.34 - 0.36 * path + 0.16 * near;
        return path * 0.85 * Stage.smooth(threshold, threshold + 0.22, slope);
    }
}
