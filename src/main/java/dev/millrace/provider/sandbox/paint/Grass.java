package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Tufts of grass and small flowers on the nearest slope. */
record Grass(Stage stage, Crest ground, Rgb colour) implements Layer {
    @Override
    public Motion motion() {
        return Motion.near(1);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("grass");
        var pen = canvas.pen();
        int count = (int) (1500 * Math.max(0.6, stage.aspect()));
        for (int i = 0; i < count; i++) {
            double depth = (double) i / count;
            double x = dice.between(-0.2, stage.aspect() + 0.2);
            double crest = ground.y(x);
            double y = Stage.mix(crest + 0.01, 1.06, Math.pow(depth, 0.8));
            double size = 0.010 + 0.055 * depth * depth;
            Rgb tone = colour.mix(stage.palette().near(), dice.between(0.1, 0.75))
                    .mix(stage.palette().light(), dice.unit() * 0.22);
            blade(pen, dice, x, y, size, tone);
            if (dice.chance(0.13)) {
                flower(pen, dice, x, y - size * dice.between(0.7, 1.2), 0.0016 + 0.0075 * depth * depth, i);
            }
        }
        pen.dispose();
    }

    private static void blade(Graphics2D pen, Dice dice, double x, double y, double size, Rgb tone) {
        double lean = dice.bell() * 0.35 + 0.12;
        double half = size * 0.045;
        var path = new Path2D.Double();
        path.moveTo(x - half, y);
        path.quadTo(x + lean * size * 0.2, y - size * 0.6, x + lean * size, y - size);
        path.quadTo(x + lean * size * 0.3 + half, y - size * 0.55, x + half, y);
        path.closePath();
        pen.setColor(tone.awt(0.9));
        pen.fill(path);
    }

    private void flower(Graphics2D pen, Dice dice, double x, double y, double size, int number) {
        Rgb petal = stage.palette().accent(number).mix(stage.palette().light(), dice.between(0.0, 0.45));
        pen.setColor(petal.awt(0.95));
        double start = dice.unit();
        for (int k = 0; k < 5; k++) {
            double angle = start + k * 2 * Math.PI / 5;
            double px = x + Math.cos(angle) * size;
            double py = y + Math.sin(angle) * size * 0.7;
            pen.fill(new Ellipse2D.Double(px - size * 0.75, py - size * 0.6, size * 1.5, size * 1.2));
        }
        pen.setColor(Rgb.hex("f4c542").awt(0.95));
        pen.fill(new Ellipse2D.Double(x - size * 0.5, y - size * 0.4, size, size * 0.8));
        pen.setStroke(new BasicStroke((float) (size * 0.2)));
    }
}
