package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;

/** A skyline across the water, its windows coming on. */
final class Town {
    private Town() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("town");
        Palette palette = stage.palette();
        var layers = new ArrayList<Layer>(Heaven.above(stage, dice.between(0.25, 0.6)));
        int rows = 4;
        double edge = stage.horizon() + 0.06;
        for (int i = 0; i < rows; i++) {
            double depth = i / (rows - 1.0);
            Rgb colour = palette.far().mix(palette.haze(), 0.35 * (1 - depth)).mix(palette.near(), 0.10 + 0.80 * depth);
            layers.add(new Skyline(stage, "row" + i, depth, edge, Stage.mix(0.34, 0.24, depth), colour));
            if (i < rows - 1) {
                layers.add(new Mist(
                        stage.noise("smog" + i),
                        edge - 0.02,
                        0.07,
                        palette.haze(),
                        0.45 * (1 - depth),
                        0.1 + 0.5 * depth));
            }
        }
        layers.add(new Water(stage, stage.noise("river"), edge, 0.32));
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }
}
