package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.List;

/** Deep space: a nebula, stars near and far, and a planet. */
final class Cosmos {
    private Cosmos() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("cosmos");
        double radius = dice.between(0.17, 0.30) * Math.min(1, stage.aspect());
        double x = stage.aspect() - stage.lightX() + dice.bell() * 0.03;
        double y = dice.between(0.42, 0.72);
        var planet = new Planet(stage, "planet", x, y, radius, dice.chance(0.45));
        double away = dice.between(1.7, 2.3) * radius;
        double angle = dice.between(-2.6, -0.6);
        var moon = new Planet(
                stage,
                "moon",
                x + away * Math.cos(angle),
                y + away * Math.sin(angle),
                radius * dice.between(0.10, 0.2),
                false);
        return new Scene(
                List.of(new Nebula(stage), new Stars(stage, 1.5, 1.6), new Beacons(stage), moon, planet), false);
    }

    /** Clouds of gas, folded twice, glowing where they are dense. */
    private record Nebula(Stage stage) implements Layer {
        @Override
        public Motion motion() {
            return Motion.near(0.05);
        }

        @Override
        public void paint(Canvas canvas, double seconds) {
            Noise noise = stage.noise("nebula");
            Palette palette = stage.palette();
            Rgb dark = palette.near().mix(Rgb.hex("05060d"), 0.6);
            Rgb deep = palette.zenith().mix(palette.sky().get(1), 0.4);
            Ramp gas = Ramp.of(
                    dark,
                    dark.mix(deep, 0.25),
                    dark.mix(deep, 0.8),
                    palette.accent(3).mix(dark, 0.45),
                    palette.accent(0).mix(dark, 0.18),
                    palette.accent(1),
                    palette.light());
            double tilt = stage.dice().named("tilt").between(-0.7, 0.7);
            Soft.wash(canvas, -9, 9, 380, (x, y, ink) -> {
                double u = x - stage.aspect() / 2;
                double band = (y - 0.5) + tilt * u;
                double wx = noise.fbm(x * 1.5, y * 1.5, 4);
                double wy = noise.fbm(x * 1.5 + 5.2, y * 1.5 + 1.3, 4);
                double density = noise.fbm(x * 1.9 + 2.4 * wx, y * 1.9 + 2.4 * wy, 5);
                double lanes = noise.ridged(x * 2.2 + wy * 1.4 + 9, y * 2.2 + wx * 1.4, 4);
                double value =
                        0.33 + 0.75 * density + 0.34 * Math.exp(-band * band * 9) + 0.22 * wx - 0.34 * (lanes - 0.35);
                gas.dip(ink, Math.clamp(value * 0.86, 0, 0.95));
                double hue = Math.clamp(0.5 + 1.4 * wy, 0, 1) * 0.35 * Math.clamp(value, 0, 1);
                ink.mix(palette.accent(2), hue);
            });
        }
    }

    /** A few bright stars with a cross of light. */
    private record Beacons(Stage stage) implements Layer {
        @Override
        public Motion motion() {
            return Motion.near(0.12);
        }

        @Override
        public void paint(Canvas canvas, double seconds) {
            Dice dice = stage.dice().named("beacons");
            int count = dice.between(4, 8);
            var ink = new Ink();
            for (int i = 0; i < count; i++) {
                double x = dice.between(0.03, stage.aspect() - 0.03);
                double y = dice.between(0.04, 0.96);
                double size = dice.between(0.0016, 0.0034);
                ink.set(palette(i));
                Stars.dot(canvas, x, y, size, 1, ink);
                Stars.dot(canvas, x, y, size * 5, 0.28, ink);
                for (int k = -24; k <= 24; k++) {
                    double fade = 0.5 * Math.exp(-Math.abs(k) * 0.16);
                    Stars.dot(canvas, x + k * size * 0.7, y, size * 0.4, fade, ink);
                    Stars.dot(canvas, x, y + k * size * 0.7, size * 0.4, fade, ink);
                }
            }
        }

        private Rgb palette(int number) {
            return Rgb.hex("ffffff").mix(stage.palette().accent(number), 0.3);
        }
    }
}
