package dev.millrace.provider.sandbox.paint;

/**
 * How a layer moves in a film.
 *
 * @param nearness how far it follows the camera: 0 as the sky does, 1 as the closest thing does
 * @param driftX its own movement to the right, scene units per second
 * @param driftY its own movement downwards, scene units per second
 */
public record Motion(double nearness, double driftX, double driftY) {
    public static final Motion STILL = new Motion(0, 0, 0);

    public static Motion near(double nearness) {
        return new Motion(nearness, 0, 0);
    }
}
