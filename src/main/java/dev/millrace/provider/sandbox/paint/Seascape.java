package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;

/** The open sea under a wide sky, with headlands, a sail or a lighthouse where asked. */
final class Seascape {
    private Seascape() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("sea");
        Palette palette = stage.palette();
        var layers = new ArrayList<Layer>(Heaven.above(stage, dice.between(0.3, 0.7)));
        double edge = stage.horizon();
        boolean left = stage.lightX() > stage.aspect() / 2;
        int capes = dice.between(1, 3);
        for (int i = 0; i < capes; i++) {
            double depth = (i + 1.0) / (capes + 1);
            Rgb colour = palette.far().mix(palette.near(), 0.15 + 0.45 * depth);
            double reach = dice.between(0.30, 0.55) * (1 - 0.3 * depth);
            layers.add(new Cape(
                    stage,
                    new Noise(dice.numbered("cape", i)),
                    edge,
                    reach,
                    0.05 + 0.07 * depth,
                    left,
                    colour,
                    0.05 + 0.1 * depth));
        }
        boolean stormy = stage.has(Feature.RAIN);
        layers.add(new Water(stage, stage.noise("water"), edge, stormy ? 1 : dice.between(0.45, 0.8)));
        if (stage.has(Feature.LIGHTHOUSE)) {
            layers.add(new Lighthouse(stage, left));
        } else if (stage.has(Feature.BOAT) || dice.chance(0.45)) {
            layers.add(new Sailboat(stage));
        }
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }

    /** A headland that falls from one side of the picture into the water. */
    private record Cape(
            Stage stage, Noise noise, double edge, double reach, double tall, boolean left, Rgb colour, double nearness)
            implements Layer {
        @Override
        public Motion motion() {
            return Motion.near(nearness);
        }

        @Override
        public void paint(Canvas canvas, double seconds) {
            Crest crest = x -> {
                double in = left ? x / stage.aspect() : 1 - x / stage.aspect();
                double slope = Stage.smooth(reach, -0.1, in);
                return edge + 0.004 - slope * tall * (0.75 + 0.9 * noise.ridged(x * 3.1, 2, 5) - 0.25) - 0.03 * slope;
            };
            Rgb haze = stage.palette().haze().mix(colour, 0.45);
            crest.fill(canvas, edge, (x, y, ink) -> {
                ink.set(colour);
                ink.mix(haze, Stage.smooth(edge - tall, edge, y) * 0.6);
            });
        }
    }
}
