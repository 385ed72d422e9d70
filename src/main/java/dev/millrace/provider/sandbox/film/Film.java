package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.paint.Layer;
import dev.millrace.provider.sandbox.paint.Scene;
import dev.millrace.provider.sandbox.paint.Scenes;

/** Shoots films: a pure function from the take to the bytes of an MP4 file. */
public final class Film {
    private Film() {}

    /** The finished file. */
    public static byte[] shoot(Take take) {
        return Projector.run(reel(take), take);
    }

    private static Reel reel(Take take) {
        if (take.first() != null) {
            return new StillReel(take.first(), take);
        }
        Scene scene = Scenes.of(take.prompt(), take.seed(), (double) take.width() / take.height());
        if (scene.flat() && scene.layers().stream().noneMatch(Layer::alive)) {
            Canvas canvas = Canvas.of(take.width() * 4 / 3, take.height() * 4 / 3);
            scene.layers().forEach(layer -> layer.paint(canvas, 0));
            return new StillReel(canvas.image(), take);
        }
        return new SceneReel(scene, take);
    }
}
