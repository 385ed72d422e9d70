package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.List;

/** Dunes: long crests with one side in the sun and the other in shade, and the wind's ripples close by. */
final class Desert {
    private Desert() {}

    static Scene scene(Stage stage) {
        Dice dice = stage.dice().named("desert");
        var layers = new ArrayList<Layer>(Heaven.above(stage, dice.between(0.05, 0.3)));
        Palette palette = stage.palette();
        Rgb far = palette.far().mix(palette.haze(), 0.45);
        layers.add(new Range(stage, stage.noise("mesa"), 0.05, stage.horizon() + 0.01, 0.09, 0));
        int count = 6;
        double side = stage.lightX() < stage.aspect() / 2 ? 1 : -1;
        for (int i = 0; i < count; i++) {
            double depth = i / (count - 1.0);
            var noise = new Noise(dice.numbered("dune", i));
            double base = Stage.mix(stage.horizon() + 0.015, 0.93, Math.pow(depth, 1.35));
            layers.add(new Dune(noise, depth, base, 0.03 + 0.17 * depth, side, shades(palette, far, depth)));
        }
        layers.addAll(Weather.over(stage));
        return new Scene(layers, false);
    }

    private static List<Rgb> shades(Palette palette, Rgb far, double depth) {
        Rgb sand = palette.far().mix(palette.accent(0), 0.55);
        Rgb lit = far.mix(sand.mix(palette.light(), 0.30), Math.min(1, 0.35 + depth));
        Rgb shade = far.mix(palette.near().mix(sand, 0.25), 0.30 + 0.62 * depth);
        return List.of(lit, shade, palette.haze());
    }

    /** One dune: above a crest line that winds towards the viewer, light on one side of it, shade on the other. */
    private record Dune(Noise noise, double depth, double base, double swing, double side, List<Rgb> shades)
            implements Layer {
        @Override
        public Motion motion() {
            return Motion.near(0.08 + 0.85 * depth);
        }

        @Override
        public void paint(Canvas canvas, double seconds) {
            double wide = 2.6 - 1.5 * depth;
            Crest crest = x -> base - swing * (1.15 * soft(x * wide) - 0.35);
            double[] rise = new double[1];
            crest.fill(canvas, 9, (x, y, ink) -> {
                double below = (y - crest.y(x)) / (0.10 + swing * 1.9);
                double bend = 0.22 * noise.at(y * 6.0, 9.1) + side * below * 0.34;
                double slope = soft((x + bend) * wide + 0.04) - soft((x + bend) * wide - 0.04);
                rise[0] = Stage.smooth(-0.035, 0.045, slope * side + 0.012);
                double ripple = depth < 0.45 ? 0 : ripple(x, y);
                ink.set(shades.get(1));
                ink.mix(shades.get(0), Math.clamp(rise[0] * (0.95 - 0.25 * below) + ripple, 0, 1));
                ink.mix(shades.get(2), (1 - depth) * 0.35 * Stage.smooth(0.2, 1.4, below));
            });
        }

        /** Rounded valleys and sharp crests. */
        private double soft(double x) {
            double a = 1 - Math.abs(noise.at(x * 0.8, 0.37));
            return a * a * 0.85 + 0.25 * noise.at(x * 0.45, 5.5);
        }

        private double ripple(double x, double y) {
            double warp = noise.at(x * 3, y * 9) * 2.2;
            return 0.055
                    * depth
                    * Math.sin((y * 1.6 - x * 0.35 * side) * 210 / (0.5 + y) + warp * 3)
                    * (0.6 + 0.4 * noise.at(x * 2, y * 3));
        }
    }
}
