package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.prompt.Dice;
import dev.millrace.provider.sandbox.prompt.Words;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A slow move over one picture: closer, and a little to the side. */
final class StillReel implements Reel {
    private static final double ROOM = 1.3;
    private static final double CLOSER = 0.13;

    private final int[] pixels;
    private final int width;
    private final int height;
    private final double duration;
    private final double toX;
    private final double toY;

    /** The picture is cut to the film's shape, never stretched. */
    StillReel(BufferedImage picture, Take take) {
        this.width = (int) (take.width() * ROOM);
        this.height = (int) (take.height() * ROOM);
        this.duration = take.seconds();
        this.pixels = covering(picture, width, height);
        Dice dice = Dice.of(take.prompt(), take.seed()).named("camera");
        var words = Words.of(take.prompt());
        this.toX = words.has("left") ? -0.95 : words.has("right") ? 0.95 : dice.between(-0.35, 0.35);
        this.toY = words.has("up") ? -0.95 : words.has("down") ? 0.95 : dice.between(-0.25, 0.25);
    }

    private static int[] covering(BufferedImage picture, int width, int height) {
        double scale = Math.max((double) width / picture.getWidth(), (double) height / picture.getHeight());
        int drawnWidth = (int) Math.ceil(picture.getWidth() * scale);
        int drawnHeight = (int) Math.ceil(picture.getHeight() * scale);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(picture, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight, null);
        pen.dispose();
        return image.getRGB(0, 0, width, height, null, 0, width);
    }

    @Override
    public void frame(double seconds, Canvas into) {
        double share = seconds / duration;
        double eased = share * share * (3 - 2 * share) * 0.5 + share * 0.5;
        // It begins with the whole picture, as it was given, and only then comes closer.
        double view = 1 - CLOSER * eased;
        double spareX = width * (1 - view) / 2;
        double spareY = height * (1 - view) / 2;
        double left = spareX * (1 + toX);
        double top = spareY * (1 + toY);
        double step = width * view / into.width();
        int[] target = into.pixels();
        for (int row = 0; row < into.height(); row++) {
            double y = Math.min(top + row * step, height - 1.001);
            int down = (int) ((y - (int) y) * 256);
            int line = ((int) y) * width;
            for (int column = 0; column < into.width(); column++) {
                double x = Math.min(left + column * step, width - 1.001);
                int at = line + (int) x;
                int across = (int) ((x - (int) x) * 256);
                int below = Math.min(at + width, pixels.length - 2);
                int upper = Compositor.lerp(pixels[at], pixels[at + 1], across);
                int lower = Compositor.lerp(pixels[below], pixels[below + 1], across);
                target[row * into.width() + column] = Compositor.lerp(upper, lower, down);
            }
        }
    }
}
