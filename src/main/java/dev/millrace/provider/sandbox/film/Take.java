package dev.millrace.provider.sandbox.film;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/**
 * One film to shoot.
 *
 * @param prompt what it should show
 * @param seed which of the prompt's films
 * @param width in pixels, even, 32 to 1280
 * @param height in pixels, even, 32 to 1280
 * @param milliseconds how long it lasts, 100 to 60,000
 * @param first the picture that it begins with; null paints a scene
 * @param last the picture that it ends with; null when nothing is said of it
 */
public record Take(
        String prompt,
        long seed,
        int width,
        int height,
        long milliseconds,
        @Nullable BufferedImage first,
        @Nullable BufferedImage last) {
    /** Frames a second. */
    public static final int PACE = 12;

    private static final long LONGEST = 60_000;

    public Take {
        boolean fits = Math.min(width, height) >= 32 && Math.max(width, height) <= 1280;
        if (!fits || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("a film can not have " + width + "x" + height + " pixels");
        }
        if (milliseconds < 100 || milliseconds > LONGEST) {
            throw new IllegalArgumentException("a film can not last " + milliseconds + " ms");
        }
    }

    /** A film of a scene, or of one picture. */
    public Take(String prompt, long seed, int width, int height, long milliseconds, @Nullable BufferedImage first) {
        this(prompt, seed, width, height, milliseconds, first, null);
    }

    /** How many frames it has. */
    public int frames() {
        return (int) Math.max(1, Math.round(milliseconds * PACE / 1000.0));
    }

    double seconds() {
        return milliseconds / 1000.0;
    }
}
