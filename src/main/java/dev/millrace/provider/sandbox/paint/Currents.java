package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** Thousands of strokes that follow an invisible current around a few still points. */
record Currents(Stage stage) implements Layer {
    @Override
    public void paint(Canvas canvas, double seconds) {
        Palette palette = stage.palette();
        Dice dice = stage.dice().named("currents");
        Rgb dark = palette.near().mix(palette.zenith(), 0.25);
        Ramp ground = Ramp.of(dark, dark.mix(palette.sky().get(1), 0.35), dark);
        Soft.wash(canvas, -9, 9, 100, (x, y, ink) -> ground.dip(ink, 0.5 * y + 0.5 * stage.across(x)));
        Noise noise = stage.noise("field");
        var pen = canvas.pen();
        int count = (int) (2300 * Math.max(0.6, stage.aspect()));
        for (int i = 0; i < count; i++) {
            double layer = (double) i / count;
            stroke(pen, dice, noise, layer, i);
        }
        pen.dispose();
    }

    private void stroke(Graphics2D pen, Dice dice, Noise noise, double layer, int number) {
        double x = dice.between(-0.1, stage.aspect() + 0.1);
        double y = dice.between(-0.1, 1.1);
        double tone = noise.fbm(x * 1.1 + 20, y * 1.1, 3);
        int accent = (int) Math.floor((tone + 0.55 + dice.bell() * 0.10) * 4.4);
        Rgb colour = accent > 4 || dice.chance(0.06)
                ? stage.palette().light()
                : stage.palette().accent(accent);
        double thick = 0.0009 + 0.0042 * Math.pow(dice.unit(), 3) * (0.4 + layer);
        int steps = 26 + (int) (60 * dice.unit() * dice.unit());
        var path = new Path2D.Double();
        path.moveTo(x, y);
        double step = 0.0085;
        for (int i = 0; i < steps; i++) {
            double angle = angle(noise, x, y);
            double midX = x + 0.5 * step * Math.cos(angle);
            double midY = y + 0.5 * step * Math.sin(angle);
            angle = angle(noise, midX, midY);
            x += step * Math.cos(angle);
            y += step * Math.sin(angle);
            path.lineTo(x, y);
        }
        pen.setStroke(new BasicStroke((float) thick, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.setColor(colour.lighter(dice.bell() * 0.05).awt(0.28 + 0.55 * layer));
        pen.draw(path);
        if (number % 31 == 0) {
            pen.setColor(stage.palette().light().awt(0.85));
            double dot = thick * 1.5;
            pen.fill(new java.awt.geom.Ellipse2D.Double(x - dot, y - dot, 2 * dot, 2 * dot));
        }
    }

    private double angle(Noise noise, double x, double y) {
        double swirlX = x - stage.lightX();
        double swirlY = y - stage.lightY();
        double around = Math.atan2(swirlY, swirlX) + Math.PI / 2;
        double pull = Math.exp(-(swirlX * swirlX + swirlY * swirlY) * 5.5);
        double field = 2.6 * noise.fbm(x * 0.95, y * 0.95, 3) * Math.PI;
        return field * (1 - pull) + around * pull;
    }
}
