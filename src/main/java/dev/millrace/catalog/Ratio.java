package dev.millrace.catalog;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Width by height as people and upstreams write it: {@code 16:9}, {@code 1920x1080}, {@code landscape_16_9}, {@code square_hd}. */
final class Ratio {
    /** How far off a shape may be that stands in for another one. */
    private static final double FARTHEST = Math.log(1.25);

    private static final double SAME = 0.01;
    private static final Pattern TWO_NUMBERS =
            Pattern.compile("(\\d{1,5}(?:\\.\\d{1,4})?)\\s*[:xX*/]\\s*(\\d{1,5}(?:\\.\\d{1,4})?)");
    private static final Pattern NAMED = Pattern.compile("(portrait|landscape)_(\\d{1,2})_(\\d{1,2})");

    private Ratio() {}

    static OptionalDouble of(String text) {
        Matcher numbers = TWO_NUMBERS.matcher(text.strip());
        if (numbers.matches()) {
            return quotient(Double.parseDouble(numbers.group(1)), Double.parseDouble(numbers.group(2)));
        }
        String name = text.strip().toLowerCase(Locale.ROOT);
        Matcher named = NAMED.matcher(name);
        if (named.matches()) {
            double a = Double.parseDouble(named.group(2));
            double b = Double.parseDouble(named.group(3));
            boolean wide = named.group(1).equals("landscape");
            return wide ? quotient(Math.max(a, b), Math.min(a, b)) : quotient(Math.min(a, b), Math.max(a, b));
        }
        return name.startsWith("square") ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    private static OptionalDouble quotient(double width, double height) {
        return width > 0 && height > 0 ? OptionalDouble.of(width / height) : OptionalDouble.empty();
    }

    /** Whether two texts mean one shape. */
    static boolean same(String a, String b) {
        OptionalDouble one = of(a);
        OptionalDouble other = of(b);
        return one.isPresent() && other.isPresent() && distance(one.getAsDouble(), other.getAsDouble()) < SAME;
    }

    /** The shape of the list that is nearest; null when none is near enough to stand in for it. */
    static @Nullable String nearest(double wanted, List<String> shapes) {
        String best = null;
        double least = FARTHEST;
        for (String shape : shapes) {
            OptionalDouble ratio = of(shape);
            if (ratio.isPresent() && distance(ratio.getAsDouble(), wanted) < least) {
                least = distance(ratio.getAsDouble(), wanted);
                best = shape;
            }
        }
        return best;
    }

    private static double distance(double a, double b) {
        return Math.abs(Math.log(a / b));
    }
}
