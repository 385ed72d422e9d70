package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.geom.Line2D;

/** Snow flakes or streaks of rain, at several depths. */
record Falling(Stage stage, boolean rain) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        if (rain) {
            rain(canvas, seconds);
        } else {
            snow(canvas, seconds);
        }
    }

    private void snow(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("snow");
        var ink = new Ink();
        ink.set(Rgb.hex("ffffff"));
        int count = (int) (420 * stage.aspect());
        for (int i = 0; i < count; i++) {
            double depth = Math.pow(dice.unit(), 3);
            double speed = 0.03 + 0.10 * depth;
            double sway = dice.between(0.0, 6.28);
            double x = wrap(dice.unit() * stage.aspect() + 0.012 * Math.sin(seconds * 1.3 + sway), stage.aspect());
            double y = wrap(dice.unit() * 1.1 + seconds * speed, 1.1) - 0.05;
            Stars.dot(canvas, x, y, 0.0011 + 0.0042 * depth, 0.75 - 0.35 * depth, ink);
        }
    }

    private void rain(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("rain");
        var pen = canvas.pen();
        Rgb drop = stage.palette().light().mix(stage.palette().haze(), 0.4);
        int count = (int) (330 * stage.aspect());
        for (int i = 0; i < count; i++) {
            double depth = dice.unit();
            double length = 0.016 + 0.05 * depth;
            double x = wrap(dice.unit() * (stage.aspect() + 0.2), stage.aspect() + 0.2);
            double y = wrap(dice.unit() * 1.2 + seconds * (0.9 + depth), 1.2) - 0.1;
            pen.setStroke(new BasicStroke((float) (0.0007 + 0.0011 * depth)));
            pen.setColor(drop.awt(0.10 + 0.22 * depth));
            pen.draw(new Line2D.Double(x, y, x - length * 0.16, y + length));
        }
        pen.dispose();
    }

    private static double wrap(double value, double limit) {
        return value - limit * Math.floor(value / limit);
    }
}
