package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.geom.Area;

/** The silhouettes of people, seen from behind or from the side. */
final class People {
    private People() {}

    static Area man(Dice dice) {
        double step = dice.between(-0.02, 0.03);
        return new Outline()
                .disc(0, -0.925, 0.105, 0.135)
                .limb(0.06, 0.07, 0, -0.87, 0, -0.82)
                .blob(
                        -0.055, -0.845, 0.055, -0.845, 0.125, -0.80, 0.125, -0.66, 0.105, -0.50, 0.10, -0.44, -0.10,
                        -0.44, -0.105, -0.50, -0.125, -0.66, -0.125, -0.80)
                .limb(0.062, 0.04, -0.115, -0.79, -0.15, -0.62, -0.135, -0.46)
                .limb(0.062, 0.04, 0.115, -0.79, 0.152, -0.62, 0.14, -0.46)
                .limb(0.095, 0.052, -0.05, -0.46, -0.058, -0.24, -0.06 - step, -0.02)
                .limb(0.095, 0.052, 0.05, -0.46, 0.058, -0.24, 0.06 + step, -0.02)
                .disc(-0.075 - step, -0.012, 0.085, 0.032)
                .disc(0.075 + step, -0.012, 0.085, 0.032)
                .area();
    }

    static Area woman(Dice dice) {
        double sway = dice.between(-0.02, 0.02);
        Outline outline = new Outline()
                .disc(0, -0.90, 0.098, 0.125)
                .limb(0.05, 0.055, 0, -0.85, 0, -0.79)
                .blob(
                        -0.04,
                        -0.815,
                        0.04,
                        -0.815,
                        0.092,
                        -0.775,
                        0.075,
                        -0.66,
                        0.055,
                        -0.575,
                        0.10,
                        -0.47,
                        0.155 + sway,
                        -0.26,
                        0.175 + sway,
                        -0.17,
                        0,
                        -0.155,
                        -0.175 + sway,
                        -0.17,
                        -0.155 + sway,
                        -0.26,
                        -0.10,
                        -0.47,
                        -0.055,
                        -0.575,
                        -0.075,
                        -0.66,
                        -0.092,
                        -0.775)
                .limb(0.046, 0.028, -0.085, -0.765, -0.125, -0.62, -0.13, -0.47)
                .limb(0.046, 0.028, 0.085, -0.765, 0.125, -0.62, 0.13, -0.47)
                .limb(0.055, 0.034, -0.045, -0.2, -0.045, -0.015)
                .limb(0.055, 0.034, 0.045, -0.2, 0.045, -0.015)
                .disc(-0.05, -0.01, 0.06, 0.026)
                .disc(0.05, -0.01, 0.06, 0.026);
        if (dice.chance(0.6)) {
            outline.blob(
                    -0.055, -0.95, 0, -0.985, 0.055, -0.95, 0.068, -0.86, 0.06, -0.74, 0.02, -0.70, -0.03, -0.71,
                    -0.065, -0.75, -0.068, -0.86);
        } else {
            outline.disc(0.005, -0.975, 0.06, 0.05);
        }
        return outline.area();
    }

    static Area child(Dice dice) {
        Area child = dice.chance(0.5) ? man(dice) : woman(dice);
        // A child's head is larger for its body.
        child.add(new Outline().disc(0, -0.925, 0.155, 0.165).area());
        return child;
    }

    /** Head and shoulders from the side, looking to the right, with the bottom edge at y 0; the hair may fall over the shoulders. */
    static Area bust(boolean longHair) {
        Outline outline = new Outline()
                .blob(
                        -0.30, -0.70, -0.235, -0.885, -0.06, -0.985, 0.10, -0.955, 0.185, -0.86, 0.195, -0.785, 0.187,
                        -0.745, 0.232, -0.665, 0.222, -0.645, 0.19, -0.635, 0.203, -0.605, 0.186, -0.58, 0.198, -0.552,
                        0.175, -0.525, 0.168, -0.478, 0.11, -0.448, 0.03, -0.452, 0.0, -0.40, -0.20, -0.42, -0.27,
                        -0.56)
                .blob(
                        -0.20, -0.52, 0.005, -0.46, 0.02, -0.34, 0.09, -0.27, 0.26, -0.20, 0.37, -0.09, 0.41, 0.03,
                        -0.52, 0.03, -0.49, -0.12, -0.40, -0.24, -0.25, -0.31, -0.21, -0.40);
        if (longHair) {
            outline.blob(
                    -0.31, -0.70, -0.27, -0.88, -0.12, -0.99, 0.04, -0.985, 0.12, -0.93, 0.02, -0.84, -0.03, -0.70,
                    -0.06, -0.52, -0.10, -0.34, -0.16, -0.20, -0.30, -0.16, -0.38, -0.26, -0.37, -0.48);
        }
        return outline.area();
    }
}
