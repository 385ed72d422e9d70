package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;

/** From one picture to another: each moves a little, and the one becomes the other in the middle. */
record BetweenReel(Reel first, Reel last, double duration, Canvas other) implements Reel {
    private static final double FROM = 0.3;
    private static final double TO = 0.75;

    @Override
    public void frame(double seconds, Canvas into) {
        double share = Math.clamp((seconds / duration - FROM) / (TO - FROM), 0, 1);
        double eased = share * share * (3 - 2 * share);
        if (eased < 1) {
            first.frame(seconds, into);
        }
        if (eased > 0) {
            // The last picture's move is run backwards, so that it ends as it was given.
            last.frame(Math.max(0, duration - 1.0 / Take.PACE - seconds), other);
            int[] pixels = into.pixels();
            int part = (int) (eased * 256);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = eased >= 1 ? other.pixels()[i] : Compositor.lerp(pixels[i], other.pixels()[i], part);
            }
        }
    }
}
