package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** A given film, and behind its end its last picture with the camera moving on. */
final class LongerReel implements Reel {
    private final Footage footage;
    private final Take take;
    private @Nullable StillReel rest;

    LongerReel(Footage footage, Take take) {
        this.footage = footage;
        this.take = take;
    }

    @Override
    public void frame(double seconds, Canvas into) {
        if (seconds < footage.seconds()) {
            footage.frame(seconds, into);
            return;
        }
        StillReel behind = rest;
        if (behind == null) {
            footage.frame(seconds, into);
            behind = new StillReel(copy(into), take);
            rest = behind;
        }
        behind.frame(seconds - footage.seconds(), into);
    }

    private static BufferedImage copy(Canvas canvas) {
        var copy = new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, canvas.width(), canvas.height(), canvas.pixels(), 0, canvas.width());
        return copy;
    }
}
