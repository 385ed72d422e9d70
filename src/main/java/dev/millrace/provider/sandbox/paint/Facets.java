package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** A crystal relief: triangles over a shaken grid, each lit by its own tilt. */
record Facets(Stage stage) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("facets");
        Noise relief = stage.noise("relief");
        Palette palette = stage.palette();
        Ramp ramp = Ramp.of(
                palette.near(),
                palette.zenith(),
                palette.accent(3),
                palette.accent(0),
                palette.accent(1),
                palette.light());
        double cell = dice.between(0.075, 0.12);
        int rows = (int) (1 / cell) + 4;
        int columns = (int) (stage.aspect() / cell) + 4;
        var points = new double[rows][columns][3];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = (column - 1.5 + (row % 2 == 0 ? 0.25 : -0.25) + dice.bell() * 0.19) * cell;
                double y = (row - 1.5 + dice.bell() * 0.19) * cell;
                double z = relief.fbm(x * 1.7 + seconds * 0.06, y * 1.7 - seconds * 0.04, 4);
                points[row][column] = new double[] {x, y, z};
            }
        }
        var pen = canvas.pen();
        pen.setStroke(new BasicStroke((float) (0.8 / canvas.scale)));
        for (int row = 0; row + 1 < rows; row++) {
            for (int column = 0; column + 1 < columns; column++) {
                double[] a = points[row][column];
                double[] b = points[row][column + 1];
                double[] c = points[row + 1][column];
                double[] d = points[row + 1][column + 1];
                boolean falling = row % 2 == 0;
                facet(pen, ramp, a, b, falling ? d : c);
                facet(pen, ramp, falling ? a : b, c, d);
            }
        }
        pen.dispose();
    }

    private void facet(Graphics2D pen, Ramp ramp, double[] a, double[] b, double[] c) {
        double ux = b[0] - a[0];
        double uy = b[1] - a[1];
        double uz = (b[2] - a[2]) * 0.55;
        double vx = c[0] - a[0];
        double vy = c[1] - a[1];
        double vz = (c[2] - a[2]) * 0.55;
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double length = Math.sqrt(nx * nx + ny * ny + nz * nz) * Math.signum(nz);
        double lit = (nx * -0.55 + ny * -0.62 + nz * 0.56) / length;
        double middleX = (a[0] + b[0] + c[0]) / 3;
        double middleY = (a[1] + b[1] + c[1]) / 3;
        double far = Math.hypot(middleX - stage.lightX(), middleY - stage.lightY());
        double height = (a[2] + b[2] + c[2]) / 3;
        double tone = 0.30 + 0.42 * Math.exp(-far * far * 2.6) + 0.42 * height + 0.34 * (lit - 0.5);
        var path = new Path2D.Double();
        path.moveTo(a[0], a[1]);
        path.lineTo(b[0], b[1]);
        path.lineTo(c[0], c[1]);
        path.closePath();
        Rgb colour = ramp.at(tone).lighter(0.16 * (lit - 0.55));
        pen.setPaint(new java.awt.GradientPaint(
                (float) a[0],
                (float) a[1],
                colour.lighter(0.022).awt(1),
                (float) c[0],
                (float) c[1],
                colour.lighter(-0.022).awt(1)));
        pen.fill(path);
        pen.draw(path);
    }
}
