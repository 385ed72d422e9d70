package dev.millrace.provider.sandbox.edit;

import dev.millrace.provider.sandbox.prompt.Words;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a picture is made with, where the prompt names it. */
enum Medium {
    PIXELS("pixel", "pixelated", "voxel", "minecraft"),
    PENCIL("sketch", "pencil", "drawing", "charcoal", "woodcut", "engraving"),
    POSTER("comic", "cartoon", "anime", "poster", "vector"),
    PAINT("oil", "painting", "watercolor", "watercolour", "impressionist", "gouache", "painted"),
    GREY("monochrome", "noir", "grayscale", "greyscale"),
    SOFT("blur", "blurred", "blurry", "dreamy");

    private final Set<String> words;

    Medium(String... words) {
        this.words = Set.of(words);
    }

    static Optional<Medium> of(String prompt) {
        var words = Words.of(prompt).list();
        return Arrays.stream(values())
                .filter(medium -> words.stream().anyMatch(medium.words::contains))
                .findFirst();
    }

    void apply(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int unit = Math.max(2, Math.max(width, height) / 110);
        if (this == PIXELS) {
            pixelate(picture, unit);
            return;
        }
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        int[] done = switch (this) {
            case PIXELS -> pixels;
            case PENCIL -> edges(pixels, width, true);
            case POSTER -> poster(Blur.of(pixels, width, height, Math.max(1, unit / 4)), pixels, width);
            case PAINT -> strokes(pixels, width, height, Math.max(2, unit / 2));
            case GREY -> grey(pixels);
            case SOFT -> Blur.of(pixels, width, height, unit);
        };
        picture.setRGB(0, 0, width, height, done, 0, width);
    }

    private static void pixelate(BufferedImage picture, int unit) {
        BufferedImage small =
                Enlarge.to(picture, Math.max(1, picture.getWidth() / unit), Math.max(1, picture.getHeight() / unit));
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        pen.drawImage(small, 0, 0, picture.getWidth(), picture.getHeight(), null);
        pen.dispose();
    }

    private static int light(int pixel) {
        return ((pixel >> 16 & 255) * 30 + (pixel >> 8 & 255) * 59 + (pixel & 255) * 11) / 100;
    }

    /** Dark lines where it changes; on paper, or on what is there. */
    private static int[] edges(int[] pixels, int width, boolean paper) {
        int[] out = pixels.clone();
        for (int i = width + 1; i < pixels.length - width - 1; i++) {
            int dx = light(pixels[i + 1]) - light(pixels[i - 1]);
            int dy = light(pixels[i + width]) - light(pixels[i - width]);
            double edge = Math.min(1, Math.sqrt((double) dx * dx + (double) dy * dy) / (paper ? 42 : 90));
            int value = paper ? (int) (250 - 205 * edge - (255 - light(pixels[i])) * 0.22) : 0;
            out[i] = paper
                    ? grey(Math.clamp(value, 0, 255))
                    : edge > 0.55 ? darker(pixels[i], 1 - edge * 0.75) : pixels[i];
        }
        if (paper) {
            Arrays.fill(out, 0, width + 1, 0xFFFAFAFA);
            Arrays.fill(out, out.length - width - 1, out.length, 0xFFFAFAFA);
        }
        return out;
    }

    private static int[] poster(int[] soft, int[] sharp, int width) {
        int[] flat = new int[soft.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = flat(soft[i]);
        }
        int[] lines = edges(sharp, width, false);
        for (int i = 0; i < flat.length; i++) {
            flat[i] = lines[i] == sharp[i] ? flat[i] : darker(flat[i], 0.35);
        }
        return flat;
    }

    /** One of a few degrees of light, with the colour stronger. */
    private static int flat(int pixel) {
        int light = Math.max(1, light(pixel));
        double scale = (Math.round(light / 36.0) * 36 + 6.0) / light;
        return 0xFF000000
                | strong(pixel >> 16 & 255, light, scale) << 16
                | strong(pixel >> 8 & 255, light, scale) << 8
                | strong(pixel & 255, light, scale);
    }

    private static int strong(int channel, int light, double scale) {
        return Math.clamp(Math.round((light + (channel - light) * 1.5) * scale), 0, 255);
    }

    /** Each pixel as one nearby, so that colours lie in dabs. */
    private static int[] strokes(int[] pixels, int width, int height, int unit) {
        int[] soft = Blur.of(pixels, width, height, Math.max(1, unit / 2));
        int[] out = new int[pixels.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double bend = Math.sin(row * 0.9 / unit) * unit * 0.7 + Math.sin(column * 0.35 / unit) * unit * 0.5;
                int x = Math.clamp((column + (int) bend) / unit * unit + unit / 2, 0, width - 1);
                int y = Math.clamp((int) (row + bend * 0.6), 0, height - 1);
                out[row * width + column] = soft[y * width + x];
            }
        }
        return Blur.of(out, width, height, 1);
    }

    private static int[] grey(int[] pixels) {
        int[] out = new int[pixels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = grey(light(pixels[i]));
        }
        return out;
    }

    private static int grey(int value) {
        return 0xFF000000 | value << 16 | value << 8 | value;
    }

    private static int darker(int pixel, double share) {
        return 0xFF000000
                | (int) ((pixel >> 16 & 255) * share) << 16
                | (int) ((pixel >> 8 & 255) * share) << 8
                | (int) ((pixel & 255) * share);
    }
}
