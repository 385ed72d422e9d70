package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.paint.Overlay;
import dev.millrace.provider.sandbox.paint.Painter;
import dev.millrace.provider.sandbox.paint.Picture;
import dev.millrace.provider.sandbox.paint.Tone;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** A given film with the light and the colours that a prompt asks for, and with what it adds. */
final class TonedReel implements Reel {
    private static final double SHARE = 0.6;

    private final Footage footage;
    private final Take take;
    private final int[] scene;
    private int @Nullable [][] curves;

    TonedReel(Footage footage, Take take) {
        this.footage = footage;
        this.take = take;
        this.scene = Painter.paint(new Picture(take.prompt(), take.seed(), 0, take.width(), take.height()))
                .pixels();
    }

    @Override
    public void frame(double seconds, Canvas into) {
        footage.frame(seconds, into);
        int[][] known = curves;
        if (known == null) {
            // Taken from the first frame alone: curves of each frame's own would flicker.
            known = Tone.of(into.pixels()).towards(Tone.of(scene), SHARE);
            curves = known;
        }
        Tone.apply(into.pixels(), known);
        BufferedImage picture = into.image();
        Overlay.of(take.prompt(), take.seed(), picture, seconds);
    }
}
