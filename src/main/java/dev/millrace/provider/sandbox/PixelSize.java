package dev.millrace.provider.sandbox;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A width and a height in pixels, and how a request states them. */
record PixelSize(int width, int height) {
    static final PixelSize NONE = new PixelSize(0, 0);

    private static final Pattern PIXELS = Pattern.compile("(\\d{2,5})\\s*[xX*]\\s*(\\d{2,5})");
    private static final Pattern RATIO = Pattern.compile("(\\d{1,4}(?:\\.\\d+)?)\\s*[:/]\\s*(\\d{1,4}(?:\\.\\d+)?)");
    private static final int SMALLEST = 64;
    private static final int LARGEST = 4096;
    private static final int USUAL_SIDE = 1024;
    private static final double FILM_AREA = 640 * 360;

    /** The size of a picture: exact where exact pixels are stated, else by aspect ratio and resolution. */
    static PixelSize picture(Fields fields) {
        PixelSize exact = exact(fields);
        if (!exact.equals(NONE)) {
            return new PixelSize(
                    Math.clamp(exact.width, SMALLEST, LARGEST), Math.clamp(exact.height, SMALLEST, LARGEST));
        }
        double ratio = ratio(fields, 1);
        String resolution = fields.text("resolution", "quality", "image_size").toLowerCase(Locale.ROOT);
        return switch (resolution) {
            case "480p", "480" -> byShortSide(480, ratio);
            case "720p", "720" -> byShortSide(720, ratio);
            case "1080p", "1080" -> byShortSide(1080, ratio);
            case "1600p" -> byShortSide(1600, ratio);
            case "2k" -> byLongSide(2048, ratio);
            case "4k" -> byLongSide(LARGEST, ratio);
            default -> byArea((double) USUAL_SIDE * USUAL_SIDE, ratio, 8);
        };
    }

    /** The size of a film: the asked shape at a small size, whatever resolution was asked for. */
    static PixelSize film(Fields fields) {
        PixelSize exact = exact(fields);
        double ratio = ratio(fields, 16.0 / 9);
        if (!exact.equals(NONE)) {
            ratio = (double) exact.width / exact.height;
        }
        return byArea(FILM_AREA, Math.clamp(ratio, 0.4, 2.5), 8);
    }

    /** The same shape with no side longer than this. */
    PixelSize within(int side) {
        double shrink = Math.min(1, (double) side / Math.max(width, height));
        return rounded(width * shrink, height * shrink, 8);
    }

    private static PixelSize exact(Fields fields) {
        Matcher pixels = PIXELS.matcher(fields.text("size", "width_and_height", "resolution"));
        if (pixels.matches()) {
            return new PixelSize(Integer.parseInt(pixels.group(1)), Integer.parseInt(pixels.group(2)));
        }
        int width = (int) fields.number(0, "width");
        int height = (int) fields.number(0, "height");
        return width > 0 && height > 0 ? new PixelSize(width, height) : NONE;
    }

    private static double ratio(Fields fields, double usual) {
        Matcher ratio = RATIO.matcher(fields.text("aspect_ratio", "aspectRatio"));
        if (!ratio.matches()) {
            return usual;
        }
        double width = Double.parseDouble(ratio.group(1));
        double height = Double.parseDouble(ratio.group(2));
        return width > 0 && height > 0 ? Math.clamp(width / height, 0.1, 10) : usual;
    }

    private static PixelSize byShortSide(int side, double ratio) {
        return ratio >= 1 ? rounded(side * ratio, side, 2) : rounded(side, side / ratio, 2);
    }

    private static PixelSize byLongSide(int side, double ratio) {
        return ratio >= 1 ? rounded(side, side / ratio, 2) : rounded(side * ratio, side, 2);
    }

    private static PixelSize byArea(double area, double ratio, int step) {
        double height = Math.sqrt(area / ratio);
        return rounded(height * ratio, height, step);
    }

    private static PixelSize rounded(double width, double height, int step) {
        double shrink = Math.min(1, LARGEST / Math.max(width, height));
        int w = (int) Math.round(width * shrink / step) * step;
        int h = (int) Math.round(height * shrink / step) * step;
        return new PixelSize(Math.clamp(w, SMALLEST, LARGEST), Math.clamp(h, SMALLEST, LARGEST));
    }
}
