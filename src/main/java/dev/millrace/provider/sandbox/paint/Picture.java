package dev.millrace.provider.sandbox.paint;

import java.util.Objects;

/**
 * One picture to paint.
 *
 * @param prompt what it should show
 * @param seed which of the prompt's pictures
 * @param number which picture of the request, from 0
 * @param width in pixels, 16 to 4096
 * @param height in pixels, 16 to 4096
 */
public record Picture(String prompt, long seed, int number, int width, int height) {
    /** The longest side that is painted. */
    public static final int LARGEST = 4096;

    public Picture {
        Objects.requireNonNull(prompt);
        if (width < 16 || height < 16 || width > LARGEST || height > LARGEST) {
            throw new IllegalArgumentException("a picture has 16 to 4096 pixels a side, not " + width + "x" + height);
        }
    }

    /** The seed of this number's scene; the first picture keeps the request's own. */
    long ownSeed() {
        return seed + number * 0x632BE59BD9B4E019L;
    }
}
