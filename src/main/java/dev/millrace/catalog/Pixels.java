package dev.millrace.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An exact size in pixels, and which named resolution comes nearest to it. */
record Pixels(int width, int height) {
    private static final Pattern SIZE = Pattern.compile("(\\d{2,5})\\s*[xX*]\\s*(\\d{2,5})");
    private static final Pattern LINES = Pattern.compile("(\\d{3,4})(p|px)?");
    private static final Pattern THOUSANDS = Pattern.compile("(\\d)k");
    private static final Pattern MEGAPIXELS = Pattern.compile("(\\d{1,2}(?:\\.\\d)?)\\s?mp");
    private static final int SIDE = 1024;

    /** The size that a text like {@code 1920x1080} states. */
    static Optional<Pixels> of(String text) {
        Matcher size = SIZE.matcher(text.strip());
        return size.matches()
                ? Optional.of(new Pixels(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
                : Optional.empty();
    }

    /** About a million pixels in a shape, in steps of 16. */
    static Pixels megapixel(double ratio) {
        double height = SIDE / Math.sqrt(ratio);
        return new Pixels(stepped(height * ratio), stepped(height));
    }

    private static int stepped(double side) {
        return (int) Math.round(side / 16) * 16;
    }

    double ratio() {
        return (double) width / height;
    }

    /** The shape in the lowest terms, as {@code 3:2}. */
    String shape() {
        int divisor = greatestDivisor(width, height);
        return width / divisor + ":" + height / divisor;
    }

    private static int greatestDivisor(int a, int b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }

    /** The resolution of the list whose number of pixels is nearest; null when none of them states one. */
    @Nullable
    String nearestResolution(List<String> resolutions) {
        String best = null;
        double least = Double.MAX_VALUE;
        for (String resolution : resolutions) {
            OptionalDouble area = area(resolution.toLowerCase(Locale.ROOT));
            double distance = area.isEmpty()
                    ? Double.MAX_VALUE
                    : Math.abs(Math.log(area.getAsDouble() / ((double) width * height)));
            if (distance < least) {
                least = distance;
                best = resolution;
            }
        }
        return best;
    }

    /** Lines count on the short side; a thousand is the side of a square of as many pixels. */
    private OptionalDouble area(String resolution) {
        double wide = Math.max(ratio(), 1 / ratio());
        Matcher lines = LINES.matcher(resolution);
        if (lines.matches()) {
            double side = Double.parseDouble(lines.group(1));
            return OptionalDouble.of(side * side * wide);
        }
        Matcher thousands = THOUSANDS.matcher(resolution);
        if (thousands.matches()) {
            double side = Double.parseDouble(thousands.group(1)) * SIDE;
            return OptionalDouble.of(side * side);
        }
        Matcher megapixels = MEGAPIXELS.matcher(resolution);
        return megapixels.matches()
                ? OptionalDouble.of(Double.parseDouble(megapixels.group(1)) * 1_000_000)
                : OptionalDouble.empty();
    }
}
