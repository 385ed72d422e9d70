package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.geom.Path2D;

/**
 * A row of firs standing on a crest, in one colour.
 *
 * @param tall the height of the tallest
 * @param density trees per unit of width, as a multiple of what closes the row
 */
record Pines(Stage stage, String name, Crest ground, double nearness, double tall, double density, Rgb colour)
        implements Layer {
    @Override
    public Motion motion() {
        return Motion.near(nearness);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named(name);
        var clumps = new Noise(dice);
        var row = new Path2D.Double();
        double from = -0.3;
        double to = stage.aspect() + 0.3;
        double step = tall * 0.17 / density;
        for (double x = from; x < to; x += step * dice.between(0.55, 1.45)) {
            double clump = 0.5 + 0.9 * clumps.fbm(x * 2.1, 0.5, 2);
            if (clump < 0.26) {
                continue;
            }
            double size = tall * Math.clamp(clump, 0.22, 1.05) * dice.between(0.72, 1.0);
            fir(row, dice, x, ground.y(x) + size * 0.11, size);
        }
        var pen = canvas.pen();
        pen.setColor(colour.awt(1));
        pen.fill(row);
        pen.dispose();
    }

    private static void fir(Path2D path, Dice dice, double x, double foot, double size) {
        int tiers = 6 + (int) (size * 30);
        double half = size * dice.between(0.15, 0.21);
        path.moveTo(x, foot - size);
        for (int i = 1; i <= tiers; i++) {
            outline(path, dice, x, foot, size, half, i, tiers, 1);
        }
        path.lineTo(x + size * 0.016, foot - size * 0.09);
        path.lineTo(x + size * 0.016, foot + size * 0.06);
        path.lineTo(x - size * 0.016, foot + size * 0.06);
        path.lineTo(x - size * 0.016, foot - size * 0.09);
        for (int i = tiers; i >= 1; i--) {
            outline(path, dice, x, foot, size, half, i, tiers, -1);
        }
        path.closePath();
    }

    private static void outline(
            Path2D path, Dice dice, double x, double foot, double size, double half, int tier, int tiers, int side) {
        double share = (double) tier / tiers;
        double out = half * Math.pow(share, 0.9) * dice.between(0.72, 1.08);
        double y = foot - size * (1 - 0.92 * share);
        double tipX = x + side * out;
        double tipY = y + size * 0.028;
        double innerX = x + side * out * 0.42;
        double innerY = y - size * 0.012;
        if (side > 0) {
            path.lineTo(tipX, tipY);
            path.lineTo(innerX, innerY);
        } else {
            path.lineTo(innerX, innerY);
            path.lineTo(tipX, tipY);
        }
    }
}
