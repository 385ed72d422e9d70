package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** One row of buildings with lit windows; the nearer, the more of them. */
record Skyline(Stage stage, String name, double depth, double edge, double tall, Rgb colour) implements Layer {
    @Override
    public Motion motion() {
        return Motion.near(0.06 + 0.34 * depth);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named(name);
        var outline = new Noise(dice);
        var pen = canvas.pen();
        double unit = 0.030 + 0.022 * depth;
        double middle = stage.aspect() * dice.between(0.3, 0.7);
        double x = -0.25;
        while (x < stage.aspect() + 0.25) {
            double wide = unit * dice.between(0.65, 1.9);
            double centre = Math.exp(-Math.pow((x - middle) / (0.42 * stage.aspect()), 2));
            double rise =
                    tall * (0.22 + 0.55 * centre * (0.6 + outline.at(x * 3, 1)) + 0.35 * Math.pow(dice.unit(), 3));
            building(pen, dice, x, wide, Math.max(0.04, rise));
            x += wide * dice.between(0.85, 1.06);
        }
        pen.dispose();
    }

    private void building(Graphics2D pen, Dice dice, double x, double wide, double rise) {
        double top = edge - rise;
        Rgb lower = colour.mix(stage.palette().haze(), 0.30 * (1 - depth));
        pen.setPaint(new java.awt.GradientPaint(0, (float) top, colour.awt(1), 0, (float) edge, lower.awt(1)));
        pen.fill(new Rectangle2D.Double(x, top, wide, rise + 0.002));
        double side = stage.lightX() > x ? x + wide * 0.82 : x;
        pen.setColor(stage.palette().light().awt(0.07 + 0.06 * (1 - depth)));
        pen.fill(new Rectangle2D.Double(side, top, wide * 0.18, rise));
        roof(pen, dice, x, wide, top);
        if (depth > 0.2) {
            windows(pen, dice, x, wide, top);
        }
    }

    private void roof(Graphics2D pen, Dice dice, double x, double wide, double top) {
        pen.setColor(colour.awt(1));
        double kind = dice.unit();
        if (kind < 0.16) {
            double thin = Math.max(0.0016, wide * 0.04);
            pen.fill(new Rectangle2D.Double(x + wide / 2 - thin / 2, top - wide * 1.1, thin, wide * 1.1));
        } else if (kind < 0.36) {
            pen.fill(new Rectangle2D.Double(x + wide * 0.2, top - wide * 0.35, wide * 0.6, wide * 0.36));
        } else if (kind < 0.46) {
            var slant = new Path2D.Double();
            slant.moveTo(x, top + 0.001);
            slant.lineTo(x + wide, top + 0.001);
            slant.lineTo(x + wide, top - wide * 0.5);
            slant.closePath();
            pen.fill(slant);
        }
    }

    private void windows(Graphics2D pen, Dice dice, double x, double wide, double top) {
        double pitch = 0.0065 + 0.004 * depth;
        int columns = Math.max(2, (int) (wide * 0.86 / pitch));
        double step = wide * 0.86 / columns;
        double lit = dice.between(0.12, 0.55) * (stage.palette().night() ? 1.15 : 0.8);
        Rgb warm = stage.palette().light().mix(Rgb.hex("ffc76b"), 0.55);
        Rgb cool = stage.palette().accent(0);
        for (double y = top + pitch * 0.9; y < edge - pitch; y += pitch * 1.35) {
            boolean floor = dice.chance(0.85);
            for (int i = 0; i < columns; i++) {
                boolean on = dice.chance(lit) && floor;
                double bright = dice.between(0.35, 1.0);
                boolean tinted = dice.chance(0.14);
                if (on) {
                    pen.setColor((tinted ? cool : warm).awt(bright * (0.30 + 0.65 * depth)));
                    pen.fill(new Rectangle2D.Double(
                            x + wide * 0.07 + i * step + step * 0.16, y, step * 0.66, pitch * 0.72));
                }
            }
        }
    }
}
