package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.Collections;

/** Folded, flowing cloth of light: a twice warped field, lit as if it had a surface. */
record Silk(Stage stage) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("silk");
        Noise noise = stage.noise("folds");
        Palette palette = stage.palette();
        var colours = new ArrayList<Rgb>(palette.accents());
        colours.add(palette.sky().get(1));
        colours.add(palette.haze());
        for (int i = colours.size() - 1; i > 0; i--) {
            Collections.swap(colours, i, dice.between(0, i));
        }
        colours.addFirst(palette.near());
        Ramp ramp = Ramp.of(colours);
        double scale = dice.between(0.75, 1.15);
        double turn = dice.between(-0.9, 0.9);
        double cos = Math.cos(turn) * scale;
        double sin = Math.sin(turn) * scale;
        double flow = seconds * 0.05;
        double grain = canvas.scale < 700 && seconds > 0 ? 120 : 420;
        Soft.wash(canvas, -9, 9, grain, (x, y, ink) -> {
            double u = x * cos - y * sin;
            double v = (x * sin + y * cos) * 1.25;
            double here = fold(noise, u, v, flow);
            double step = 0.004;
            double dx = (fold(noise, u + step, v, flow) - here) / step;
            double dy = (fold(noise, u, v + step, flow) - here) / step;
            double wave = Math.sin(here * 9.5);
            double slope = Math.cos(here * 9.5);
            double nx = -dx * slope * 0.55;
            double ny = -dy * slope * 0.55;
            double length = Math.sqrt(nx * nx + ny * ny + 1);
            double diffuse = Math.clamp((nx * -0.5 + ny * -0.62 + 0.6) / length, 0, 1);
            double shine = Math.pow(Math.clamp((nx * -0.35 + ny * -0.45 + 0.82) / length, 0, 1), 22);
            ramp.dip(ink, 0.52 + 0.30 * wave + 0.55 * (here - 0.1));
            ink.scale(0.34 + 0.86 * diffuse);
            ink.mix(palette.light(), 0.42 * shine);
        });
    }

    private static double fold(Noise noise, double u, double v, double flow) {
        double a = noise.fbm(u * 0.9 + flow, v * 0.9, 2);
        double b = noise.fbm(u * 0.9 + 5.2, v * 0.9 + 1.3 - flow, 2);
        return noise.fbm(u * 0.75 + 1.9 * a + 3, v * 0.75 + 1.9 * b - flow * 0.6, 2) + 0.25 * a;
    }
}
