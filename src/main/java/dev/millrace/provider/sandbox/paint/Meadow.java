package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.List;

/** Rolling country under a big sky: hills, a tree, grass and flowers in front; balloons where asked. */
final class Meadow {
    private Meadow() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("meadow");
        Palette palette = stage.palette();
        var layers = new ArrayList<Layer>(Heaven.above(stage, dice.between(0.6, 0.9)));
        if (stage.has(Feature.BALLOONS)) {
            layers.add(new Balloons(stage));
        }
        double snow = stage.has(Feature.SNOW) ? 0.6 : 0;
        layers.add(new Range(stage, stage.noise("far"), 0.08, stage.horizon() + 0.01, 0.19, snow));
        Rgb grass = palette.night()
                ? palette.near()
                : palette.near().mix(Rgb.hex("8fb83e"), 0.72).mix(palette.accent(1), 0.14);
        Field front = null;
        for (int i = 0; i < 4; i++) {
            Field field = field(stage, dice, grass, i);
            layers.add(field);
            if (i == 1) {
                Rgb wood = palette.far().mix(palette.near(), 0.62);
                layers.add(new Pines(stage, "wood", field.hill().crest(), field.nearness(), 0.035, 1.1, wood));
            }
            if (i == 2) {
                double x = stage.aspect() - stage.lightX() + dice.bell() * 0.05;
                layers.add(new Tree(stage, field.hill().crest(), x, field.nearness()));
            }
            front = field;
        }
        layers.add(new Grass(stage, front == null ? x -> 0.9 : front.hill().crest(), grass));
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }

    private static Field field(Stage stage, Dice dice, Rgb grass, int number) {
        Palette palette = stage.palette();
        double depth = (number + 0.6) / 3.6;
        Rgb colour = palette.far().mix(grass, 0.50 + 0.50 * depth);
        Rgb upper = colour.mix(palette.light(), 0.30 - 0.14 * depth);
        Rgb lower = colour.mix(
                number == 3 ? palette.near() : palette.near().mix(palette.far(), 0.5), number == 3 ? 0.60 : 0.30);
        double base = Stage.mix(stage.horizon(), 0.86, depth * depth);
        var noise = new Noise(dice.numbered("hill", number));
        var hill = new Hill(noise, 0.1 + 0.8 * depth, base, 0.05 + 0.06 * depth, upper, lower, 0.10 + 0.10 * depth);
        Rgb crop =
                List.of(palette.accent(1), palette.accent(0), palette.light()).get(dice.between(0, 2));
        return new Field(hill, noise, crop);
    }
}
