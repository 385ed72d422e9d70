package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;

/** Paints pictures: a pure function from the order to the pixels. */
public final class Painter {
    private Painter() {}

    /** The finished picture. */
    public static Canvas paint(Picture picture) {
        Canvas canvas = Canvas.of(picture.width(), picture.height());
        double aspect = (double) picture.width() / picture.height();
        Scenes.of(picture.prompt(), picture.ownSeed(), aspect).paint(canvas);
        Grade.apply(canvas, new Noise(Dice.of("grain", picture.ownSeed())));
        return canvas;
    }
}
