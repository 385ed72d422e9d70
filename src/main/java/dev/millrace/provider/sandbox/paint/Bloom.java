package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * One flower on its stem.
 *
 * @param kind which flower: 0 cosmos, 1 daisy, 2 poppy, 3 dahlia
 * @param depth 0 behind, 1 in front
 */
record Bloom(Stage stage, String name, double x, double y, double size, int kind, Rgb colour, int depth)
        implements Layer {
    static final int KINDS = 4;
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

    @Override
    public Motion motion() {
        return Motion.near(depth == 0 ? 0.35 : 0.7);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named(name);
        var pen = canvas.pen();
        double lean = dice.bell() * 0.07;
        stem(pen, dice, lean);
        double turn = dice.between(-0.5, 0.5);
        double flat = dice.between(0.62, 0.96);
        pen.translate(x, y);
        pen.rotate(turn * 0.6 + lean);
        pen.scale(1, flat);
        switch (kind) {
            case 0 -> whorls(pen, dice, 2, 8, 0.40, 0.0);
            case 1 -> whorls(pen, dice, 2, 17, 0.15, 0.0);
            case 2 -> whorls(pen, dice, 2, 5, 0.72, 0.1);
            default -> whorls(pen, dice, 6, 13, 0.24, 0.05);
        }
        centre(pen, dice);
        pen.dispose();
    }

    private void stem(Graphics2D pen, Dice dice, double lean) {
        Rgb green = stage.palette()
                .near()
                .mix(Rgb.hex("5f8f4f"), 0.55)
                .mix(stage.palette().haze(), depth == 0 ? 0.25 : 0);
        var path = new Path2D.Double();
        double footX = x - lean * 3 * (1 - y) + dice.bell() * 0.02;
        path.moveTo(x, y);
        path.curveTo(x - lean * 0.1, y + 0.2, footX + lean * 0.4, 0.85, footX, 1.2);
        pen.setColor(green.awt(1));
        pen.setStroke(new BasicStroke((float) (size * 0.055), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(path);
        for (int i = 0; i < 3; i++) {
            double at = y + size + 0.10 + 0.11 * i + dice.between(0.0, 0.05);
            leaf(pen, dice, Stage.mix(x, footX, (at - y) / (1.2 - y)), at, i % 2 == 0 ? 1 : -1, green);
        }
    }

    private void leaf(Graphics2D pen, Dice dice, double rootX, double rootY, int side, Rgb green) {
        double length = size * dice.between(1.0, 1.7);
        double rise = dice.between(0.2, 0.75);
        double tipX = rootX + side * length;
        double tipY = rootY - length * rise;
        var path = new Path2D.Double();
        path.moveTo(rootX, rootY);
        path.quadTo(rootX + side * length * 0.35, rootY - length * (rise + 0.25), tipX, tipY);
        path.quadTo(rootX + side * length * 0.65, rootY - length * (rise - 0.35), rootX, rootY);
        pen.setPaint(new java.awt.GradientPaint(
                (float) rootX,
                (float) rootY,
                green.awt(1),
                (float) tipX,
                (float) tipY,
                green.lighter(0.13).awt(1)));
        pen.fill(path);
    }

    private void whorls(Graphics2D pen, Dice dice, int rings, int petals, double wide, double curl) {
        var upright = pen.getTransform();
        double start = dice.between(0.0, 6.28);
        for (int ring = 0; ring < rings; ring++) {
            double length = size * (1 - 0.72 * ring / Math.max(rings, 3));
            Rgb tone = colour.lighter(0.045 * ring - 0.03);
            var paint = petalPaint(tone, length);
            for (int i = 0; i < petals; i++) {
                double angle = start + (i + 0.5 * ring) * 2 * Math.PI / petals + dice.bell() * 0.05;
                pen.setTransform(upright);
                pen.rotate(angle);
                double own = length * dice.between(0.93, 1.05);
                var petal = petal(own, own * wide * dice.between(0.93, 1.08), curl);
                pen.setColor(new Color(0f, 0f, 0f, 0.07f));
                pen.fill(petal.createTransformedShape(AffineTransform.getScaleInstance(1.035, 1.10)));
                pen.setPaint(paint);
                pen.fill(petal);
                veins(pen, own, wide, tone);
            }
        }
        pen.setTransform(upright);
    }

    private RadialGradientPaint petalPaint(Rgb tone, double length) {
        Rgb heart = tone.mix(stage.palette().near(), 0.42);
        Rgb tip = tone.mix(stage.palette().light(), 0.34);
        return new RadialGradientPaint(0f, 0f, (float) length, new float[] {0.05f, 0.42f, 1f}, new Color[] {
            heart.awt(0.97), tone.awt(0.95), tip.awt(0.93)
        });
    }

    private static Path2D petal(double length, double half, double curl) {
        var path = new Path2D.Double();
        path.moveTo(0, 0);
        path.curveTo(length * 0.25, -half * 0.9, length * 0.80, -half * 1.25, length, -half * 0.22);
        path.quadTo(length * (0.955 - curl), 0, length * 0.99, half * 0.20);
        path.curveTo(length * 0.80, half * 1.25, length * 0.25, half * 0.9, 0, 0);
        path.closePath();
        return path;
    }

    private void veins(Graphics2D pen, double length, double wide, Rgb tone) {
        pen.setStroke(new BasicStroke((float) (size * 0.006)));
        pen.setColor(tone.mix(stage.palette().near(), 0.45).awt(0.20));
        for (int k = -1; k <= 1; k++) {
            var vein = new Path2D.Double();
            vein.moveTo(length * 0.1, 0);
            vein.quadTo(length * 0.5, k * length * wide * 0.45, length * 0.86, k * length * wide * 0.42);
            pen.draw(vein);
        }
    }

    private void centre(Graphics2D pen, Dice dice) {
        double radius = size * (kind == 3 ? 0.12 : kind == 1 ? 0.26 : 0.17);
        Rgb seed = kind == 2
                ? stage.palette().near()
                : Rgb.hex("f2b632").mix(stage.palette().accent(1), 0.25);
        pen.setColor(seed.mix(stage.palette().near(), 0.45).awt(1));
        pen.fill(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
        int dots = 110;
        for (int i = 0; i < dots; i++) {
            double far = radius * Math.sqrt((i + 0.5) / dots);
            double angle = i * GOLDEN_ANGLE;
            double dot = radius * 0.085 * dice.between(0.8, 1.2);
            pen.setColor(seed.lighter(0.16 * (1 - (double) i / dots) + dice.between(-0.06, 0.08))
                    .awt(0.95));
            pen.fill(new Ellipse2D.Double(
                    far * Math.cos(angle) - dot, far * Math.sin(angle) - dot - radius * 0.05, 2 * dot, 2 * dot));
        }
    }
}
