package dev.millrace.provider.sandbox.paint;

/** One depth of a scene: painted over what lies behind it. */
public interface Layer {
    /** Paints the layer as it is {@code seconds} into the scene; a still is the scene at 0. */
    void paint(Canvas canvas, double seconds);

    /** How the layer moves as a whole when the camera does. */
    default Motion motion() {
        return Motion.STILL;
    }

    /** True if the layer changes by itself, so that a film must paint it anew for every frame. */
    default boolean alive() {
        return false;
    }
}
