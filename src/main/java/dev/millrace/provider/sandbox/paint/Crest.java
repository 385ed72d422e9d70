package dev.millrace.provider.sandbox.paint;

/** The upper edge of a piece of land: its y for every x. */
@FunctionalInterface
interface Crest {
    double y(double x);

    /** The crest for every pixel column of a canvas. */
    default double[] along(Canvas canvas) {
        double[] ys = new double[canvas.width];
        for (int column = 0; column < ys.length; column++) {
            ys[column] = y(canvas.x(column));
        }
        return ys;
    }

    /** Fills the land below the crest, its edge smooth; the shader sets the colour alone. */
    default void fill(Canvas canvas, double bottom, Shader colour) {
        double[] crest = along(canvas);
        double highest = 9;
        for (double y : crest) {
            highest = Math.min(highest, y);
        }
        int end = canvas.row(bottom + 1 / canvas.scale);
        var ink = new Ink();
        for (int row = Math.max(0, canvas.row(highest) - 1); row < end; row++) {
            double y = canvas.y(row);
            for (int column = 0; column < canvas.width; column++) {
                double edge = (y - crest[column]) * canvas.scale + 0.5;
                if (edge <= 0) {
                    continue;
                }
                ink.cover = 1;
                colour.shade(canvas.x(column), y, ink);
                ink.cover *= Math.min(1, edge);
                canvas.cover(row * canvas.width + column, row, column, ink);
            }
        }
    }
}
