package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;

/** Flowers on their stems before a soft, out-of-focus garden. */
final class Bouquet {
    private Bouquet() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("bouquet");
        var layers = new ArrayList<Layer>();
        layers.add(new Garden(stage));
        layers.add(new Bokeh(stage, 0.1));
        int kind = dice.between(0, Bloom.KINDS - 1);
        int count = Math.clamp(Math.round(6 * stage.aspect()), 4, 11);
        for (int depth = 0; depth < 2; depth++) {
            for (int i = 0; i < count; i++) {
                layers.add(bloom(stage, dice, kind, depth, (i + dice.between(0.15, 0.85)) / count, i));
            }
        }
        layers.add(new Bokeh(stage, 0.9));
        return new Scene(layers, false);
    }

    private static Layer bloom(Stage stage, Dice dice, int kind, int depth, double across, int number) {
        double size = (depth == 0 ? dice.between(0.05, 0.085) : dice.between(0.085, 0.15))
                * Math.min(1.1, 0.6 + stage.aspect() * 0.4);
        double middle = 1 - Math.abs(across - 0.5) * 1.1;
        double y = depth == 0
                ? dice.between(0.25, 0.62)
                : 0.80 - 0.40 * middle * dice.between(0.45, 1.0) + dice.between(0.0, 0.14);
        int mixed = dice.chance(0.3) ? dice.between(0, Bloom.KINDS - 1) : kind;
        Rgb colour = stage.palette().accent(dice.chance(0.55) ? 0 : number + depth);
        Rgb faded = depth == 0 ? colour.mix(stage.palette().haze(), 0.42) : colour;
        return new Bloom(stage, "bloom" + depth + "." + number, across * stage.aspect(), y, size, mixed, faded, depth);
    }

    /** The blurred green and light behind. */
    private record Garden(Stage stage) implements Layer {
        @Override
        public void paint(Canvas canvas, double seconds) {
            Palette palette = stage.palette();
            Noise noise = stage.noise("garden");
            Rgb leaf = palette.near().mix(Rgb.hex("6f9a5a"), 0.45);
            Ramp ramp = Ramp.of(
                    palette.haze().mix(palette.light(), 0.5),
                    palette.haze(),
                    palette.far(),
                    leaf,
                    leaf.mix(palette.near(), 0.6));
            Soft.wash(canvas, -9, 9, 160, (x, y, ink) -> {
                double cloud = noise.fbm(x * 1.6, y * 1.9, 3);
                double far = Math.hypot(x - stage.lightX(), y - 0.2);
                ramp.dip(ink, 0.06 + 0.36 * far + 0.42 * y * y + 0.42 * cloud);
            });
        }
    }
}
