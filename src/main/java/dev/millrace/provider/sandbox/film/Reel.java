package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;

/** Gives the frames of a film, one after the other. */
interface Reel {
    /** Paints the frame at a time into a canvas of the film's size; every pixel is covered. */
    void frame(double seconds, Canvas into);

    /** Whether the frames show what was given, which is not to be shaded at its edges as painted scenes are. */
    default boolean given() {
        return true;
    }
}
