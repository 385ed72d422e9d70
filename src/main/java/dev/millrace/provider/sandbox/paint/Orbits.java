package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;

/** An abstract composition: large fading discs, thin orbits, small bodies upon them. */
record Orbits(Stage stage) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("orbits");
        Palette palette = stage.palette();
        boolean pale = dice.chance(0.5) && !palette.night();
        Rgb ground =
                pale ? palette.haze().mix(palette.light(), 0.6) : palette.near().mix(palette.zenith(), 0.35);
        Ramp ramp = Ramp.of(
                ground.lighter(pale ? 0.02 : 0.05),
                ground,
                ground.mix(palette.sky().get(1), pale ? 0.18 : 0.4));
        Noise noise = stage.noise("paper");
        Soft.wash(
                canvas,
                -9,
                9,
                120,
                (x, y, ink) -> ramp.dip(
                        ink, 0.8 * Math.hypot(x - stage.lightX(), y - stage.lightY()) + 0.1 * noise.at(x * 2, y * 2)));
        var pen = canvas.pen();
        discs(pen, dice, seconds);
        orbits(pen, dice, pale ? palette.near() : palette.light(), seconds);
        pen.dispose();
    }

    private void discs(Graphics2D pen, Dice dice, double seconds) {
        double room = Math.min(1, stage.aspect());
        int count = dice.between(5, 8);
        for (int i = 0; i < count; i++) {
            double radius = room * (i == 0 ? dice.between(0.28, 0.36) : dice.between(0.06, 0.24));
            double x = i == 0 ? stage.lightX() : stage.aspect() * dice.between(0.1, 0.9);
            double y = i == 0 ? 0.46 : dice.between(0.12, 0.88);
            double angle = dice.between(0.0, 6.28) + seconds * 0.08 * (i % 2 == 0 ? 1 : -1);
            double bob = 0.006 * Math.sin(seconds * 0.7 + i);
            gradientDisc(
                    pen,
                    x,
                    y + bob,
                    radius,
                    angle,
                    stage.palette().accent(i),
                    stage.palette().accent(i + 1),
                    i == 0 ? 1 : 0.92);
        }
    }

    private static void gradientDisc(
            Graphics2D pen, double x, double y, double radius, double angle, Rgb from, Rgb to, double strength) {
        double dx = Math.cos(angle) * radius;
        double dy = Math.sin(angle) * radius;
        pen.setPaint(new LinearGradientPaint(
                new Point2D.Double(x - dx, y - dy),
                new Point2D.Double(x + dx, y + dy),
                new float[] {0f, 0.55f, 1f},
                new Color[] {from.awt(strength), from.mix(to, 0.55).awt(strength * 0.72), to.awt(0.02)}));
        pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void orbits(Graphics2D pen, Dice dice, Rgb line, double seconds) {
        double room = Math.min(1, stage.aspect());
        double x = stage.lightX();
        double y = 0.46;
        int count = dice.between(6, 10);
        for (int i = 0; i < count; i++) {
            double radius = room * (0.12 + 0.085 * i + dice.between(0.0, 0.03));
            double start = dice.between(0.0, 360) + seconds * (14 - i) * (i % 3 == 0 ? -0.5 : 0.5);
            double sweep = dice.chance(0.35) ? 360 : dice.between(70.0, 290);
            double thick = dice.chance(0.16) ? 0.012 : dice.between(0.0010, 0.0024);
            pen.setStroke(new BasicStroke((float) thick, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            pen.setColor((thick > 0.01 ? stage.palette().accent(i + 1) : line).awt(thick > 0.01 ? 0.85 : 0.62));
            pen.draw(new Arc2D.Double(x - radius, y - radius, 2 * radius, 2 * radius, start, sweep, Arc2D.OPEN));
            double end = Math.toRadians(start + sweep);
            double body = dice.between(0.006, 0.020);
            Rgb tone = stage.palette().accent(i);
            double bx = x + radius * Math.cos(end);
            double by = y - radius * Math.sin(end);
            gradientDisc(pen, bx, by, body * 2.4, 1, tone, tone, 0.14);
            pen.setColor(tone.mix(stage.palette().light(), 0.2).awt(1));
            pen.fill(new Ellipse2D.Double(bx - body, by - body, 2 * body, 2 * body));
        }
    }
}
