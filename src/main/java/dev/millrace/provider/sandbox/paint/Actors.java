package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Path2D;

/** People and animals as dark shapes on a rise in the foreground, with the light at their edges. */
record Actors(Stage stage, Cast cast) implements Layer {
    private static final double MAN = 0.30;

    @Override
    public Motion motion() {
        return Motion.near(1);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("actors");
        var pen = canvas.pen();
        Rgb dark = stage.palette().near().lighter(-0.12);
        Rgb rim = dark.mix(stage.palette().light(), 0.55);
        double tall = MAN * closeness() * Math.min(1, stage.aspect() / 0.9);
        double rise = dice.between(0.05, 0.075);
        double width = width() * tall;
        double middle = stage.aspect() - stage.lightX();
        middle = Math.clamp(
                middle,
                Math.min(stage.aspect() / 2, width / 2 + 0.06),
                Math.max(stage.aspect() / 2, stage.aspect() - width / 2 - 0.06));
        ground(pen, dark, middle, rise);
        double x = middle - width / 2;
        boolean mirrored = stage.lightX() < middle;
        for (Figure figure : cast.figures()) {
            double half = breadth(figure) * tall / 2;
            Area shape = shape(figure, dice);
            double size = tall * (figure == Figure.CHILD ? 0.62 : dice.between(0.96, 1.04));
            var place = AffineTransform.getTranslateInstance(x + half, ridge(x + half, middle, rise) + 0.006);
            place.scale(mirrored && !figure.human() ? -size : size, size);
            draw(pen, shape.createTransformedArea(place), dark, rim);
            x += 2 * half;
        }
        pen.dispose();
    }

    /** The rim is the shape itself a hair's breadth towards the light, under the dark one. */
    private void draw(Graphics2D pen, Area shape, Rgb dark, Rgb rim) {
        double side = stage.lightX() > shape.getBounds2D().getCenterX() ? 0.0022 : -0.0022;
        pen.setColor(rim.awt(0.75));
        pen.fill(shape.createTransformedArea(AffineTransform.getTranslateInstance(side, -0.0016)));
        pen.setColor(dark.awt(1));
        pen.fill(shape);
    }

    private void ground(Graphics2D pen, Rgb dark, double middle, double rise) {
        var path = new Path2D.Double();
        path.moveTo(-1, 2);
        for (double x = -1; x <= stage.aspect() + 1; x += 0.02) {
            path.lineTo(x, ridge(x, middle, rise));
        }
        path.lineTo(stage.aspect() + 1, 2);
        path.closePath();
        pen.setColor(dark.awt(1));
        pen.fill(path);
    }

    private static double ridge(double x, double middle, double rise) {
        double away = (x - middle) / 0.62;
        return 1 - rise * Math.exp(-away * away) - 0.022 - 0.004 * Math.sin(x * 23);
    }

    /** Small animals by themselves are seen from nearer. */
    private double closeness() {
        double widest =
                cast.figures().stream().mapToDouble(Actors::breadth).max().orElse(1);
        return widest < 0.5 && cast.figures().stream().noneMatch(Figure::human)
                ? 2.1
                : widest < 0.8 && cast.figures().stream().noneMatch(Figure::human) ? 1.6 : 1;
    }

    private double width() {
        return cast.figures().stream().mapToDouble(Actors::breadth).sum();
    }

    private static double breadth(Figure figure) {
        return switch (figure) {
            case MAN, WOMAN -> 0.40;
            case CHILD -> 0.30;
            case CAT, RABBIT, HERON -> 0.42;
            case DOG, FOX, SHEEP -> 0.72;
            case WOLF, DEER -> 0.85;
            case LION, BEAR, GIRAFFE -> 1.05;
            case HORSE, COW, CAMEL -> 1.22;
            case ELEPHANT -> 1.75;
        };
    }

    private static Area shape(Figure figure, Dice dice) {
        return switch (figure) {
            case MAN -> People.man(dice);
            case WOMAN -> People.woman(dice);
            case CHILD -> People.child(dice);
            case DOG, WOLF, FOX, CAT, LION, HORSE, DEER, COW, SHEEP, BEAR, ELEPHANT, CAMEL, GIRAFFE, RABBIT, HERON ->
                Beasts.of(figure);
        };
    }
}
