package dev.millrace.provider.sandbox.paint;

import java.util.ArrayList;
import java.util.List;

/** What falls in front of a landscape: snow, rain, or a veil of fog. */
final class Weather {
    private Weather() {}

    static List<Layer> over(Stage stage) {
        var layers = new ArrayList<Layer>();
        if (stage.has(Feature.FOG)) {
            Rgb veil = stage.palette().haze();
            layers.add(new Mist(stage.noise("fog-back"), stage.horizon(), 0.13, veil, 0.75, 0.4));
            layers.add(new Mist(stage.noise("fog"), stage.horizon() + 0.2, 0.09, veil, 0.55, 0.8));
        }
        if (stage.has(Feature.SNOW)) {
            layers.add(new Falling(stage, false));
        }
        if (stage.has(Feature.RAIN)) {
            layers.add(new Falling(stage, true));
        }
        return layers;
    }
}
