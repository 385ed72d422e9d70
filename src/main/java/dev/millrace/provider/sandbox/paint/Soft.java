package dev.millrace.provider.sandbox.paint;

/**
 * Lays costly but smooth shaders (clouds, glows, nebulae) on a canvas: computed on a coarse grid, blended in between.
 *
 * <p>The grid is finer than anything such a shader shows, so a large picture costs little more than a small one.
 */
final class Soft {
    private static final double CELLS_PER_UNIT = 560;

    private Soft() {}

    /** Ink over what is there. */
    static void wash(Canvas canvas, double fromY, double toY, Shader shader) {
        run(canvas, fromY, toY, shader, CELLS_PER_UNIT, false);
    }

    /** Ink as light added to what is there. */
    static void light(Canvas canvas, double fromY, double toY, Shader shader) {
        run(canvas, fromY, toY, shader, CELLS_PER_UNIT, true);
    }

    /** As {@link #light}, at an own resolution, for very smooth or very frequent use. */
    static void light(Canvas canvas, double fromY, double toY, double cellsPerUnit, Shader shader) {
        run(canvas, fromY, toY, shader, cellsPerUnit, true);
    }

    static void wash(Canvas canvas, double fromY, double toY, double cellsPerUnit, Shader shader) {
        run(canvas, fromY, toY, shader, cellsPerUnit, false);
    }

    private static void run(Canvas canvas, double fromY, double toY, Shader shader, double cells, boolean light) {
        int first = canvas.row(fromY);
        int end = Math.min(canvas.height, canvas.row(toY) + 1);
        int step = Math.max(1, (int) Math.round(canvas.scale / cells));
        int columns = (canvas.width + step - 1) / step + 2;
        float[] above = new float[4 * columns];
        float[] below = new float[4 * columns];
        gridRow(canvas, shader, first, step, below);
        var ink = new Ink();
        for (int row = first; row < end; row++) {
            int inCell = (row - first) % step;
            if (inCell == 0) {
                float[] swap = above;
                above = below;
                below = swap;
                gridRow(canvas, shader, row + step, step, below);
            }
            blendRow(canvas, row, step, (float) inCell / step, above, below, ink, light);
        }
    }

    private static void gridRow(Canvas canvas, Shader shader, int row, int step, float[] into) {
        var ink = new Ink();
        double y = canvas.y(row);
        for (int i = 0; i < into.length / 4; i++) {
            ink.cover = 1;
            shader.shade(canvas.x((double) i * step), y, ink);
            into[4 * i] = (float) ink.r;
            into[4 * i + 1] = (float) ink.g;
            into[4 * i + 2] = (float) ink.b;
            into[4 * i + 3] = (float) ink.cover;
        }
    }

    private static void blendRow(
            Canvas canvas, int row, int step, float down, float[] above, float[] below, Ink ink, boolean light) {
        int at = row * canvas.width;
        float reach = 1f / step;
        for (int column = 0; column < canvas.width; column++) {
            int cell = 4 * (column / step);
            float across = column % step * reach;
            ink.cover = blend(above, below, cell + 3, across, down);
            if (ink.cover <= 0.002) {
                continue;
            }
            ink.r = blend(above, below, cell, across, down);
            ink.g = blend(above, below, cell + 1, across, down);
            ink.b = blend(above, below, cell + 2, across, down);
            if (light) {
                canvas.light(at + column, row, column, ink);
            } else {
                canvas.cover(at + column, row, column, ink);
            }
        }
    }

    private static float blend(float[] above, float[] below, int i, float across, float down) {
        float top = above[i] + (above[i + 4] - above[i]) * across;
        float bottom = below[i] + (below[i + 4] - below[i]) * across;
        return top + (bottom - top) * down;
    }
}
