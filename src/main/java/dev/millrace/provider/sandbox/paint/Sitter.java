package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;

/** One head and shoulders before the light: a portrait that names nobody. */
record Sitter(Stage stage, Cast cast) implements Layer {
    @Override
    public Motion motion() {
        return Motion.near(0.5);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("sitter");
        Palette palette = stage.palette();
        Rgb glow = palette.light();
        double x = stage.aspect() * 0.5;
        canvas.wash((px, py, into) -> {
            double d = Math.hypot((px - x - 0.12) / 1.1, py - 0.42);
            into.set(glow, 0.5 * Math.exp(-d * d * 7));
        });
        double size = Math.min(0.86, stage.aspect() * 0.92);
        boolean mirrored = dice.chance(0.5);
        var place = AffineTransform.getTranslateInstance(x, 1.01);
        place.scale(mirrored ? -size : size, size);
        Area shape = People.bust(
                        cast.figures().contains(Figure.WOMAN) || cast.figures().isEmpty() && dice.chance(0.5))
                .createTransformedArea(place);
        var pen = canvas.pen();
        Rgb dark = palette.near().lighter(-0.06);
        for (int i = 6; i >= 1; i--) {
            double out = 0.0016 * i * (mirrored ? -1 : 1);
            pen.setColor(glow.mix(palette.accent(0), 0.3).awt(0.16));
            pen.fill(shape.createTransformedArea(AffineTransform.getTranslateInstance(out, -0.0011 * i)));
        }
        pen.setPaint(new java.awt.GradientPaint(
                (float) x, 0.1f, dark.mix(palette.accent(1), 0.22).awt(1), (float) x, 1f, dark.awt(1)));
        pen.fill(shape);
        pen.dispose();
    }
}
