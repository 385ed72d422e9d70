package dev.millrace.provider.sandbox.edit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** What a subject that was cut out is put on. */
public final class Grounds {
    private Grounds() {}

    /**
     * The cut-out on the ground of this name: {@code rgba} (or anything unknown) leaves it clear, {@code map} shows the cut
     * itself, {@code green}, {@code white} and {@code blur} lie behind it, {@code overlay} marks it in the given picture.
     */
    public static BufferedImage of(String name, BufferedImage given, BufferedImage subject) {
        return switch (name) {
            case "map" -> map(subject);
            case "green" -> on(subject, plain(subject, new Color(0x00, 0xB1, 0x40)));
            case "white" -> on(subject, plain(subject, Color.WHITE));
            case "blur" -> on(subject, blurred(given));
            case "overlay" -> on(tinted(subject), copy(given));
            default -> subject;
        };
    }

    private static BufferedImage plain(BufferedImage like, Color colour) {
        var ground = new BufferedImage(like.getWidth(), like.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = ground.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, like.getWidth(), like.getHeight());
        pen.dispose();
        return ground;
    }

    private static BufferedImage on(BufferedImage subject, BufferedImage ground) {
        Graphics2D pen = ground.createGraphics();
        pen.drawImage(subject, 0, 0, null);
        pen.dispose();
        return ground;
    }

    private static BufferedImage copy(BufferedImage picture) {
        return on(picture, plain(picture, Color.WHITE));
    }

    private static BufferedImage blurred(BufferedImage picture) {
        BufferedImage copy = copy(picture);
        int width = copy.getWidth();
        int height = copy.getHeight();
        int[] pixels = copy.getRGB(0, 0, width, height, null, 0, width);
        copy.setRGB(
                0,
                0,
                width,
                height,
                Blur.of(pixels, width, height, Math.max(2, Math.max(width, height) / 70)),
                0,
                width);
        return copy;
    }

    private static BufferedImage map(BufferedImage subject) {
        return changed(subject, pixel -> 0xFF000000 | (pixel >>> 24) * 0x010101);
    }

    private static BufferedImage tinted(BufferedImage subject) {
        return changed(subject, pixel -> (pixel >>> 24) / 2 << 24 | 0xE0304E);
    }

    private static BufferedImage changed(BufferedImage subject, java.util.function.IntUnaryOperator change) {
        int width = subject.getWidth();
        int height = subject.getHeight();
        int[] pixels = subject.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = change.applyAsInt(pixels[i]);
        }
        var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        out.setRGB(0, 0, width, height, pixels, 0, width);
        return out;
    }
}
