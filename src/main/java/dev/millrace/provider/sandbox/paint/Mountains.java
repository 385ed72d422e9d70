package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.List;

/** Ranges behind ranges, with mist between them and firs in front, or a lake. */
final class Mountains {
    private Mountains() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("mountains");
        var layers = new ArrayList<Layer>(Heaven.above(stage, dice.between(0.15, 0.5)));
        boolean lake = stage.has(Feature.LAKE) || dice.chance(0.45);
        boolean winter = stage.has(Feature.SNOW) || dice.chance(0.55);
        double foot = lake ? stage.horizon() + 0.02 : stage.horizon() + 0.08;
        ranges(stage, dice, foot, winter, layers);
        if (lake) {
            layers.add(new Water(stage, stage.noise("lake"), foot + 0.005, 0.18));
        }
        foreground(stage, dice, lake, layers);
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }

    private static void ranges(Stage stage, Dice dice, double foot, boolean winter, List<Layer> layers) {
        int count = dice.between(4, 5);
        for (int i = 0; i < count; i++) {
            double depth = (double) i / count;
            var noise = new Noise(dice.numbered("range", i));
            double rise = Stage.mix(0.40, 0.15, depth) * dice.between(0.85, 1.15);
            double snow = winter ? 0.95 - 0.9 * depth : 0.30 - depth;
            double base = Stage.mix(stage.horizon() - 0.02, foot, depth);
            layers.add(new Range(stage, noise, depth, base, rise, snow));
            Rgb mist = stage.palette().haze().mix(stage.palette().light(), 0.25);
            layers.add(new Mist(noise, base - 0.012, 0.045, mist, 0.62 * (1 - depth), 0.1 + 0.6 * depth));
        }
    }

    private static void foreground(Stage stage, Dice dice, boolean lake, List<Layer> layers) {
        Rgb near = stage.palette().near();
        Rgb back = near.mix(stage.palette().far(), 0.22);
        double side = dice.chance(0.5) ? 1 : -1;
        double middle = stage.aspect() / 2;
        double drop = lake ? 0.32 : 0.10;
        Crest far = x -> 0.90 - drop * 0.4 * side * (x - middle) / stage.aspect() + (lake ? 0.10 : 0);
        Crest close = x -> 1.0 - drop * 0.6 * side * (x - middle) / stage.aspect() + (lake ? 0.10 : 0.02);
        if (!lake) {
            layers.add(land(far, back, 0.8));
            layers.add(new Pines(stage, "firs-back", far, 0.8, 0.13, 0.9, back));
        }
        layers.add(land(close, near, 1));
        layers.add(new Pines(stage, "firs", close, 1, lake ? 0.26 : 0.22, 0.75, near));
    }

    private static Layer land(Crest crest, Rgb colour, double nearness) {
        return new Layer() {
            @Override
            public void paint(Canvas canvas, double seconds) {
                crest.fill(canvas, 9, (x, y, ink) -> ink.set(colour));
            }

            @Override
            public Motion motion() {
                return Motion.near(nearness);
            }
        };
    }
}
