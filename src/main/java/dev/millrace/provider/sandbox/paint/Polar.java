package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;

/** Northern lights over snow mountains and a still lake. */
final class Polar {
    private Polar() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("polar");
        Palette palette = stage.palette();
        var layers = new ArrayList<Layer>();
        layers.add(new Sky(stage));
        layers.add(new Stars(stage, 1.1, stage.horizon()));
        layers.add(new Curtains(stage));
        double foot = stage.horizon();
        for (int i = 0; i < 3; i++) {
            double depth = 0.15 + 0.3 * i;
            var noise = new Noise(dice.numbered("range", i));
            layers.add(new Range(stage, noise, depth, foot, 0.26 - 0.07 * i, 0.9 - 0.4 * i));
            layers.add(new Mist(noise, foot - 0.01, 0.03, palette.haze(), 0.35, depth));
        }
        Crest shore = x -> foot - 0.008;
        layers.add(new Pines(stage, "shore", shore, 0.5, 0.07, 0.9, palette.near()));
        layers.add(new Water(stage, stage.noise("lake"), foot, 0.12));
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }

    /** The curtains of light: folded bands, sharp below, fading upwards in rays. */
    private record Curtains(Stage stage) implements Layer {
        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void paint(Canvas canvas, double seconds) {
            Noise noise = stage.noise("aurora");
            Dice dice = stage.dice().named("aurora");
            Ramp ramp = Ramp.of(colours(dice.between(0, 2)));
            for (int i = 0; i < 3; i++) {
                double base = stage.horizon() * dice.between(0.42, 0.80) - 0.04 * i;
                double slant = dice.between(-0.22, 0.22);
                double tall = dice.between(0.16, 0.34);
                double own = 10.7 * i;
                double strength = 0.95 - 0.22 * i;
                Soft.light(canvas, -0.1, stage.horizon(), 240, (x, y, ink) -> {
                    double fold = noise.at(x * 1.15 + own, seconds * 0.06 + own) * 0.17
                            + noise.at(x * 3.1 + own, 4 + seconds * 0.1) * 0.045;
                    double edge = base + slant * (x - stage.aspect() / 2) + fold;
                    double up = (edge - y) / tall;
                    double rays = 0.62
                            + 0.55 * noise.at(x * 17 + fold * 30 + own, y * 0.7 + seconds * 0.13)
                            + 0.25 * noise.at(x * 41 + fold * 60, y * 0.9 + own);
                    double body = up < 0 ? Math.exp(-up * up * 160) : Math.exp(-up * 1.55);
                    double band = 0.45 + 0.75 * noise.at(x * 0.8 + own * 3, seconds * 0.05 + 2);
                    ramp.dip(ink, up * 0.62 + 0.08);
                    ink.cover = Math.clamp(strength * body * rays * band, 0, 0.9);
                });
            }
        }

        private static java.util.List<Rgb> colours(int kind) {
            return switch (kind) {
                case 0 ->
                    java.util.List.of(
                            Rgb.hex("b8ffce"),
                            Rgb.hex("3df2a0"),
                            Rgb.hex("1fb6a8"),
                            Rgb.hex("6a4fd0"),
                            Rgb.hex("8a2f9c"));
                case 1 ->
                    java.util.List.of(
                            Rgb.hex("d6ffd0"),
                            Rgb.hex("5cf08a"),
                            Rgb.hex("22c3a6"),
                            Rgb.hex("2a7fd0"),
                            Rgb.hex("4a3fb0"));
                default ->
                    java.util.List.of(
                            Rgb.hex("c8ffe6"),
                            Rgb.hex("34e0b0"),
                            Rgb.hex("4f8fe0"),
                            Rgb.hex("b04fd0"),
                            Rgb.hex("e0508a"));
            };
        }
    }
}
