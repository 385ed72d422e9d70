package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Lays over a given picture what a prompt adds to it: weather, birds, balloons, people and animals. */
public final class Overlay {
    private Overlay() {}

    /** Paints into the picture; nothing when the prompt names nothing of it. */
    public static void of(String prompt, long seed, BufferedImage picture) {
        of(prompt, seed, picture, 0);
    }

    /** The same as it is so many seconds into a film. */
    public static void of(String prompt, long seed, BufferedImage picture, double seconds) {
        Theme theme = Theme.of(prompt, seed);
        Cast cast = Cast.of(prompt);
        double aspect = (double) picture.getWidth() / picture.getHeight();
        Dice dice = Dice.of(prompt, seed);
        Stage stage = new Stage(theme, dice, aspect, 0.6, aspect * 0.7, 0.3);
        List<Layer> layers = layers(stage, cast);
        if (layers.isEmpty()) {
            return;
        }
        Canvas canvas = Canvas.of(picture.getWidth(), picture.getHeight());
        Graphics2D onto = canvas.image().createGraphics();
        onto.drawImage(picture, 0, 0, null);
        onto.dispose();
        layers.forEach(layer -> layer.paint(canvas, seconds));
        Graphics2D back = picture.createGraphics();
        back.drawImage(canvas.image(), 0, 0, null);
        back.dispose();
    }

    private static List<Layer> layers(Stage stage, Cast cast) {
        List<Layer> layers = new ArrayList<>();
        if (stage.has(Feature.BALLOONS)) {
            layers.add(new Balloons(stage));
        }
        if (stage.has(Feature.BIRDS)) {
            layers.add(new Birds(stage));
        }
        if (!cast.figures().isEmpty()) {
            layers.add(new Actors(stage, cast));
        }
        layers.addAll(Weather.over(stage));
        return layers;
    }
}
