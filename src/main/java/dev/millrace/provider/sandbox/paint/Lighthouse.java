package dev.millrace.provider.sandbox.paint;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A lighthouse on its rock, with a beam that turns in a film. */
record Lighthouse(Stage stage, boolean left) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        double x = stage.aspect() * (left ? 0.24 : 0.76);
        double foot = stage.horizon() + 0.05;
        double tall = Math.min(0.34, stage.aspect() * 0.4);
        beam(canvas, x, foot - tall * 0.93, seconds);
        rock(canvas, x, foot, tall);
        tower(canvas, x, foot, tall);
        var ink = new Ink();
        ink.set(Rgb.hex("fff1c4"));
        Stars.dot(canvas, x, foot - tall * 0.93, 0.011, 1, ink);
    }

    private void rock(Canvas canvas, double x, double foot, double tall) {
        Noise noise = stage.noise("rock");
        Crest crest = at -> {
            double off = Math.abs(at - x) / (tall * 0.85);
            return foot - 0.02 + 0.16 * off * off + 0.05 * noise.fbm(at * 9, 1, 4) * (0.3 + off);
        };
        Rgb near = stage.palette().near();
        Rgb lit = near.mix(stage.palette().far(), 0.35);
        double bottom = foot + 0.085;
        crest.fill(canvas, bottom, (px, y, ink) -> {
            ink.set(near);
            ink.mix(lit, Math.clamp(0.3 + 0.9 * noise.fbm(px * 14, y * 20, 4) - (y - foot) * 3, 0, 1));
            ink.cover = Stage.smooth(bottom, bottom - 0.03, y + 0.012 * noise.at(px * 18, 3));
        });
    }

    private void tower(Canvas canvas, double x, double foot, double tall) {
        Rgb near = stage.palette().near();
        Rgb white = near.mix(stage.palette().light(), 0.88);
        Rgb band = near.mix(Rgb.hex("c8402f"), 0.85);
        var pen = canvas.pen();
        for (int i = 0; i < 5; i++) {
            double low = i / 5.0;
            double high = (i + 1) / 5.0;
            var part = new Path2D.Double();
            part.moveTo(x - half(low, tall), foot - tall * 0.86 * low);
            part.lineTo(x - half(high, tall), foot - tall * 0.86 * high - 0.001);
            part.lineTo(x + half(high, tall), foot - tall * 0.86 * high - 0.001);
            part.lineTo(x + half(low, tall), foot - tall * 0.86 * low);
            part.closePath();
            pen.setPaint(shaded(x, tall, i % 2 == 0 ? white : band));
            pen.fill(part);
        }
        pen.setColor(near.awt(1));
        pen.fill(new Rectangle2D.Double(x - tall * 0.075, foot - tall * 0.885, tall * 0.15, tall * 0.025));
        pen.setColor(Rgb.hex("ffe9a8").awt(1));
        pen.fill(new Rectangle2D.Double(x - tall * 0.035, foot - tall * 0.965, tall * 0.07, tall * 0.08));
        pen.setColor(band.awt(1));
        pen.fill(new Ellipse2D.Double(x - tall * 0.045, foot - tall * 1.0, tall * 0.09, tall * 0.075));
        pen.dispose();
    }

    private java.awt.Paint shaded(double x, double tall, Rgb colour) {
        double side = Math.signum(stage.lightX() - x) * tall * 0.09;
        return new java.awt.GradientPaint(
                (float) (x - side),
                0,
                colour.mix(stage.palette().near(), 0.45).awt(1),
                (float) (x + side),
                0,
                colour.awt(1));
    }

    private static double half(double height, double tall) {
        return tall * (0.085 - 0.034 * height);
    }

    private void beam(Canvas canvas, double x, double y, double seconds) {
        double turn = (left ? 0.10 : Math.PI - 0.10) + 0.5 * Math.sin(seconds * 0.8);
        double strength = stage.palette().night() || stage.has(Feature.RAIN) ? 0.75 : 0.4;
        Rgb warm = Rgb.hex("fff1c4");
        double cos = Math.cos(turn);
        double sin = -0.35 * Math.sin(turn * 0.7) * (left ? 1 : 0.4);
        Soft.light(canvas, y - 0.5, y + 0.5, 200, (px, py, ink) -> {
            double along = (px - x) * cos + (py - y) * sin;
            double across = Math.abs((py - y) * cos - (px - x) * sin);
            if (along <= 0) {
                ink.cover = 0;
                return;
            }
            double spread = 0.006 + along * 0.13;
            ink.set(warm, strength * Math.exp(-across * across / (spread * spread) * 2.2) * Math.exp(-along * 1.5));
        });
    }
}
