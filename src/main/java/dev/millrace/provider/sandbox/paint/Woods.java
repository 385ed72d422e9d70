package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;

/** A forest in the morning: row behind row of firs in the mist, and beams of light through them. */
final class Woods {
    private Woods() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("woods");
        Palette palette = stage.palette();
        var layers = new ArrayList<Layer>(Heaven.above(stage, 0.25));
        Rgb glow = palette.haze().mix(palette.light(), 0.4);
        layers.add(new Range(stage, stage.noise("back"), 0.02, stage.horizon() - 0.05, 0.26, 0.1));
        int rows = 6;
        for (int i = 0; i < rows; i++) {
            double depth = i / (rows - 1.0);
            var noise = new Noise(dice.numbered("row", i));
            Rgb colour = palette.far().mix(glow, 0.35 * (1 - depth)).mix(palette.near(), Math.pow(depth, 0.8) * 0.96);
            double base = Stage.mix(stage.horizon() - 0.10, 1.02, Math.pow(depth, 1.2));
            var hill = new Hill(
                    noise,
                    0.1 + 0.85 * depth,
                    base,
                    0.03 + 0.05 * depth,
                    colour,
                    colour.mix(glow, 0.55 * (1 - depth)),
                    0.16);
            double density = depth > 0.9 ? 0.32 : 0.85 - 0.25 * depth;
            layers.add(new Pines(
                    stage,
                    "row" + i,
                    hill.crest(),
                    0.1 + 0.85 * depth,
                    Stage.mix(0.09, 0.62, Math.pow(depth, 1.6)),
                    density,
                    colour));
            layers.add(hill);
            if (i < rows - 1) {
                layers.add(new Mist(noise, base + 0.02, 0.05, glow, 0.55 * (1 - depth * 0.7), 0.1 + 0.85 * depth));
            }
            if (i == rows - 2) {
                layers.add(new Beams(stage));
            }
        }
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }

    /** Light that falls in beams from the sun through what stands before it. */
    private record Beams(Stage stage) implements Layer {
        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void paint(Canvas canvas, double seconds) {
            Noise noise = stage.noise("beams");
            Rgb light = stage.palette().light();
            double strength = stage.palette().night() ? 0.16 : 0.30;
            double sourceY = stage.lightY() - 0.18;
            Soft.light(canvas, -1, 2, 130, (x, y, ink) -> {
                double dx = x - stage.lightX();
                double dy = y - sourceY;
                double angle = Math.atan2(dx, Math.max(0.01, dy));
                double far = Math.hypot(dx, dy);
                double ray = noise.at(angle * 7 + seconds * 0.05, 1.5) * 0.6
                        + noise.at(angle * 17, 7 + seconds * 0.09) * 0.4;
                double fade = Stage.smooth(0.0, 0.2, dy) * Math.exp(-far * 1.25);
                ink.set(light, strength * fade * Stage.smooth(-0.05, 0.6, ray));
            });
        }
    }
}
