package dev.millrace.provider.sandbox.paint;

import java.util.ArrayList;
import java.util.List;

/** Everything above the horizon of a landscape: sky, stars, sun or moon, clouds, birds. */
final class Heaven {
    private Heaven() {}

    static List<Layer> above(Stage stage, double cloudiness) {
        var layers = new ArrayList<Layer>();
        boolean night = stage.palette().night();
        layers.add(new Sky(stage));
        if (night || stage.has(Feature.STARS)) {
            layers.add(new Stars(stage, night ? 1 : 0.6, stage.horizon()));
        }
        boolean moon = stage.has(Feature.MOON) || night && !stage.has(Feature.SUN);
        double size = stage.dice().named("orb").between(0.038, 0.062) * (stage.has(Feature.MOON) ? 1.5 : 1);
        boolean covered = stage.has(Feature.RAIN);
        if (!covered) {
            layers.add(new Orb(stage, size * Math.min(1.2, 0.5 + stage.aspect() * 0.5), moon));
        }
        double amount = stage.has(Feature.CLOUDS) || covered ? Math.max(0.75, cloudiness) : cloudiness;
        layers.add(new Clouds(stage, night ? amount * 0.55 : amount));
        if (stage.has(Feature.BIRDS) || !night && stage.dice().named("birds").chance(0.4)) {
            layers.add(new Birds(stage));
        }
        return layers;
    }
}
