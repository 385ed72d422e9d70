package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.paint.Layer;
import dev.millrace.provider.sandbox.paint.Scene;
import dev.millrace.provider.sandbox.paint.Scenes;
import java.awt.image.BufferedImage;

/** Shoots films: a pure function from the take to the bytes of an MP4 file. */
public final class Film {
    private Film() {}

    /** The finished file. */
    public static byte[] shoot(Take take) {
        return Projector.run(reel(take), take);
    }

    /** A given film in another size. */
    public static byte[] copy(Footage footage, Take take) {
        return Projector.run(footage::frame, take);
    }

    /** A given film in the light of another scene. */
    public static byte[] restyle(Footage footage, Take take) {
        return Projector.run(new TonedReel(footage, take), take);
    }

    /** A given film that goes on behind its end. */
    public static byte[] extend(Footage footage, Take take) {
        return Projector.run(new LongerReel(footage, take), take);
    }

    private static Reel reel(Take take) {
        BufferedImage first = take.first();
        BufferedImage last = take.last();
        if (first != null && last != null) {
            return new BetweenReel(
                    new StillReel(first, take),
                    new StillReel(last, take),
                    take.seconds(),
                    Canvas.of(take.width(), take.height()));
        }
        if (first != null) {
            return new StillReel(first, take);
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
