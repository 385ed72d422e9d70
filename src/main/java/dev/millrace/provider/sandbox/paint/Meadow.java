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
        var layers = new ArrayList<Layer>(Heaven.above(stage, dice.between(0.45, 0.8)));
        if (stage.has(Feature.BALLOONS)) {
            layers.add(new Balloons(stage));
        }
        layers.add(new Range(
                stage, stage.noise("far"), 0.08, stage.horizon() + 0.01, 0.17, stage.has(Feature.SNOW) ? 0.6 : 0));
        Rgb grass = palette.night()
                ? palette.near()
                : palette.near().mix(Rgb.hex("86a84c"), 0.55).mix(palette.accent(1), 0.16);
        List<Hill> hills = hills(stage, dice, grass);
        layers.addAll(hills);
        Hill knoll = hills.get(2);
        layers.add(
                new Tree(stage, knoll.crest(), stage.aspect() - stage.lightX() + dice.bell() * 0.05, knoll.nearness()));
        layers.add(hills.get(3));
        layers.add(new Grass(stage, hills.get(3).crest(), grass));
        layers.addAll(Weather.over(stage));
        layers.remove(layers.lastIndexOf(hills.get(3)) > 0 ? layers.indexOf(hills.get(3)) : 0);
        return new Scene(layers, false);
    }

    private static List<Hill> hills(Stage stage, Dice dice, Rgb grass) {
        Palette palette = stage.palette();
        var hills = new ArrayList<Hill>();
        for (int i = 0; i < 4; i++) {
            double depth = (i + 0.6) / 3.6;
            Rgb colour = palette.far().mix(grass, 0.25 + 0.72 * depth);
            Rgb upper = colour.mix(palette.light(), 0.24 - 0.10 * depth);
            Rgb lower = colour.mix(i == 3 ? palette.near() : palette.far(), i == 3 ? 0.65 : 0.45);
            double base = Stage.mix(stage.horizon(), 0.86, depth * depth);
            hills.add(new Hill(
                    new Noise(dice.numbered("hill", i)),
                    0.1 + 0.8 * depth,
                    base,
                    0.05 + 0.06 * depth,
                    upper,
                    lower,
                    0.10 + 0.10 * depth));
        }
        return hills;
    }
}
