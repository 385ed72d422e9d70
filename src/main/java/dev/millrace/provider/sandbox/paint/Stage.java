package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;

/**
 * What all layers of one scene agree on.
 *
 * @param aspect the width, in units of the height
 * @param horizon where the sky ends
 * @param lightX where the sun or the moon stands
 * @param lightY its height, downwards from the top
 */
record Stage(Theme theme, Dice dice, double aspect, double horizon, double lightX, double lightY) {
    Palette palette() {
        return theme.palette();
    }

    Noise noise(String purpose) {
        return new Noise(dice.named(purpose));
    }

    boolean has(Feature feature) {
        return theme.has(feature);
    }

    /** 0 at the left edge, 1 at the right. */
    double across(double x) {
        return x / aspect;
    }

    static double smooth(double from, double to, double value) {
        double t = Math.clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }

    static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }
}
