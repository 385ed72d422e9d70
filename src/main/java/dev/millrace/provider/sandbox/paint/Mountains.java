package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.List;

/** Ranges behind ranges, wooded hills with mist between them, and firs in front; or a lake. */
final class Mountains {
    private static final int RANGES = 3;

    private Mountains() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("mountains");
        var layers = new ArrayList<Layer>(Heaven.above(stage, dice.between(0.15, 0.5)));
        boolean lake = stage.has(Feature.LAKE) || dice.chance(0.4);
        boolean winter = stage.has(Feature.SNOW) || dice.chance(0.55);
        ranges(stage, dice, winter, layers);
        double shore = stage.horizon() + 0.045;
        hills(stage, dice, lake ? 1 : 3, shore, layers);
        if (lake) {
            layers.add(new Water(stage, stage.noise("lake"), shore, 0.16));
        }
        foreground(stage, dice, layers);
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }

    private static void ranges(Stage stage, Dice dice, boolean winter, List<Layer> layers) {
        Rgb mist = stage.palette().haze().mix(stage.palette().light(), 0.25);
        for (int i = 0; i < RANGES; i++) {
            double depth = 0.24 * i;
            var noise = new Noise(dice.numbered("range", i));
            double rise = Stage.mix(0.42, 0.17, (double) i / (RANGES - 1)) * dice.between(0.85, 1.15);
            double base = stage.horizon() - 0.015 + 0.028 * i;
            layers.add(new Range(stage, noise, depth, base, rise, winter ? 0.80 - 0.28 * i : 0.25 - 0.3 * i));
            layers.add(new Mist(noise, base - 0.015, 0.05, mist, 0.66 - 0.16 * i, 0.1 + 0.6 * depth));
        }
    }

    private static void hills(Stage stage, Dice dice, int count, double shore, List<Layer> layers) {
        Palette palette = stage.palette();
        Rgb mist = palette.haze().mix(palette.light(), 0.15);
        for (int i = 0; i < count; i++) {
            double depth = 0.52 + 0.16 * i;
            var noise = new Noise(dice.numbered("hill", i));
            Rgb colour = palette.far().mix(palette.near(), 0.55 + 0.17 * i);
            double base = count == 1 ? shore - 0.022 : Stage.mix(shore - 0.02, 0.86, i / (count - 1.0));
            double swing = count == 1 ? 0.020 : 0.045 + 0.02 * i;
            var hill = new Hill(noise, depth, base, swing, colour, colour.mix(mist, 0.62 - 0.18 * i), 0.13);
            layers.add(new Pines(stage, "hill" + i, hill.crest(), depth, 0.045 + 0.032 * i, 1.25 - 0.15 * i, colour));
            layers.add(hill);
            if (i < count - 1) {
                layers.add(new Mist(noise, base + 0.07, 0.045, mist, 0.55 - 0.14 * i, depth));
            }
        }
    }

    /** A dark slope that falls from one corner, with tall firs: it frames the view and gives it depth. */
    private static void foreground(Stage stage, Dice dice, List<Layer> layers) {
        Rgb near = stage.palette().near();
        double side = stage.lightX() > stage.aspect() / 2 ? 1 : -1;
        double fall = dice.between(0.16, 0.26);
        Noise rough = stage.noise("slope");
        Crest slope = x -> {
            double across = side * (x / stage.aspect() - 0.5);
            return 0.985 + fall * across + 0.014 * rough.fbm(x * 5, 3, 3);
        };
        layers.add(new Ground(slope, near, 1));
        layers.add(new Pines(stage, "firs", slope, 1, 0.30, 0.62, near));
    }
}
