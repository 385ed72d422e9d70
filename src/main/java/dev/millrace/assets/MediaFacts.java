package dev.millrace.assets;

/**
 * What a media file says of itself in its head; as little to be believed as anything else that a customer sends.
 *
 * @param width in pixels; 0 when it has none or states none
 * @param height in pixels; 0 when it has none or states none
 * @param durationMs how long it plays; 0 when it does not, or does not state it
 */
public record MediaFacts(int width, int height, long durationMs) {
    /** Nothing is known. */
    public static final MediaFacts NONE = new MediaFacts(0, 0, 0);

    static MediaFacts size(long width, long height) {
        return new MediaFacts(bounded(width), bounded(height), 0);
    }

    static MediaFacts length(long units, long perSecond) {
        return NONE.lasting(units, perSecond);
    }

    /** The same size, playing for so many units of which so many are a second. */
    MediaFacts lasting(long units, long perSecond) {
        boolean sane = units > 0 && perSecond > 0 && units < Long.MAX_VALUE / 1_000;
        return new MediaFacts(width, height, sane ? units * 1_000 / perSecond : 0);
    }

    private static int bounded(long pixels) {
        return Math.clamp(pixels, 0, Integer.MAX_VALUE);
    }
}
