package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Hot-air balloons at several distances, rising slowly. */
record Balloons(Stage stage) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("balloons");
        var pen = canvas.pen();
        int count = 7;
        for (int i = 0; i < count; i++) {
            double near = Math.pow((i + 1.0) / count, 2.2);
            double size = 0.016 + 0.085 * near;
            double x = stage.aspect() * ((i * 0.618 + dice.unit() * 0.2) % 1.0 * 0.84 + 0.08) + seconds * 0.004;
            double y = dice.between(0.16, 0.42) - seconds * 0.006 * (0.4 + near);
            balloon(pen, x, y, size, i, 0.55 * (1 - near));
        }
        pen.dispose();
    }

    private void balloon(Graphics2D pen, double x, double y, double size, int number, double haze) {
        Palette palette = stage.palette();
        int gores = 9;
        for (int i = 0; i < gores; i++) {
            Rgb base = i % 2 == 0 ? palette.accent(number) : palette.light().mix(palette.accent(number + 1), 0.25);
            double turn = Math.cos((i + 0.5) / gores * Math.PI - (stage.lightX() > x ? 0.3 : 2.8));
            Rgb shaded = base.mix(turn > 0 ? palette.near() : palette.light(), Math.abs(turn) * 0.34)
                    .mix(palette.haze(), haze);
            pen.setColor(shaded.awt(1));
            pen.fill(gore(x, y, size, Math.cos(i * Math.PI / gores), Math.cos((i + 1) * Math.PI / gores)));
        }
        Rgb dark = palette.near().mix(palette.haze(), haze);
        pen.setColor(dark.awt(0.8));
        pen.setStroke(new BasicStroke((float) (size * 0.02)));
        pen.draw(new Line2D.Double(x - size * 0.16, y + size * 1.28, x - size * 0.10, y + size * 1.58));
        pen.draw(new Line2D.Double(x + size * 0.16, y + size * 1.28, x + size * 0.10, y + size * 1.58));
        pen.setColor(dark.awt(1));
        pen.fill(new Rectangle2D.Double(x - size * 0.12, y + size * 1.56, size * 0.24, size * 0.18));
        pen.setColor(Rgb.hex("ffd27a").awt(0.5));
        pen.fill(new Ellipse2D.Double(x - size * 0.05, y + size * 1.22, size * 0.1, size * 0.12));
    }

    private static Path2D gore(double x, double y, double size, double from, double to) {
        var path = new Path2D.Double();
        path.moveTo(x, y - size);
        path.curveTo(
                x + from * size * 1.36,
                y - size * 0.95,
                x + from * size * 1.25,
                y + size * 0.45,
                x + from * size * 0.17,
                y + size * 1.3);
        path.lineTo(x + to * size * 0.17, y + size * 1.3);
        path.curveTo(x + to * size * 1.25, y + size * 0.45, x + to * size * 1.36, y - size * 0.95, x, y - size);
        path.closePath();
        return path;
    }
}
