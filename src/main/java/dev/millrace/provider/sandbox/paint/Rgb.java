package dev.millrace.provider.sandbox.paint;

/**
 * A colour: red, green and blue as displayed (sRGB), each from 0 to 1.
 *
 * <p>Mixing and turning happen in OKLab, where equal steps look equal and a blend of two hues does not go grey.
 */
public record Rgb(double r, double g, double b) {
    /** Reads {@code 0xRRGGBB}. */
    public static Rgb hex(int rgb) {
        return new Rgb((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
    }

    /** Reads six hexadecimal digits. */
    public static Rgb hex(String digits) {
        return hex(Integer.parseInt(digits, 16));
    }

    /** This colour at 0, the other at 1. */
    public Rgb mix(Rgb other, double share) {
        double[] from = lab();
        double[] to = other.lab();
        for (int i = 0; i < 3; i++) {
            from[i] += (to[i] - from[i]) * share;
        }
        return ofLab(from[0], from[1], from[2]);
    }

    /** Lightness moved by {@code step}, from -1 to 1. */
    public Rgb lighter(double step) {
        double[] lab = lab();
        return ofLab(Math.clamp(lab[0] + step, 0, 1), lab[1], lab[2]);
    }

    /** Hue pulled towards {@code hue} (radians) by {@code share}, and chroma scaled. */
    public Rgb tinted(double hue, double share, double chromaScale) {
        double[] lab = lab();
        double chroma = Math.hypot(lab[1], lab[2]);
        double own = Math.atan2(lab[2], lab[1]);
        double turn = Math.IEEEremainder(hue - own, 2 * Math.PI) * share;
        double scaled = chroma * chromaScale;
        return ofLab(lab[0], scaled * Math.cos(own + turn), scaled * Math.sin(own + turn));
    }

    /** Hue turned by {@code angle} radians. */
    public Rgb turned(double angle) {
        double[] lab = lab();
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return ofLab(lab[0], lab[1] * cos - lab[2] * sin, lab[1] * sin + lab[2] * cos);
    }

    /** As Java2D wants it, with an opacity from 0 to 1. */
    public java.awt.Color awt(double opacity) {
        return new java.awt.Color((float) r, (float) g, (float) b, (float) Math.clamp(opacity, 0, 1));
    }

    double[] lab() {
        double lr = linear(r);
        double lg = linear(g);
        double lb = linear(b);
        double l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
        double m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
        double s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    static Rgb ofLab(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new Rgb(
                display(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                display(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                display(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static double linear(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double display(double value) {
        double clamped = Math.clamp(value, 0, 1);
        return clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * Math.pow(clamped, 1 / 2.4) - 0.055;
    }
}
