package dev.millrace.provider.sandbox.edit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Goes on with a picture beyond its edges: mirrored, and softer the further away. */
public final class Widen {
    /** How much more there is on each side, in parts of the picture's width or height. */
    public record Margins(double left, double top, double right, double bottom) {
        /** The same on every side, so that the whole is {@code ratio} times as wide. */
        public static Margins around(double ratio) {
            double each = (Math.clamp(ratio, 1, 4) - 1) / 2;
            return new Margins(each, each, each, each);
        }
    }

    private Widen() {}

    /** The wider picture, with the given one in it unchanged. */
    public static BufferedImage of(BufferedImage picture, Margins margins) {
        BufferedImage base = Sheets.opaque(picture);
        int left = (int) (base.getWidth() * margins.left());
        int top = (int) (base.getHeight() * margins.top());
        int width = base.getWidth() + left + (int) (base.getWidth() * margins.right());
        int height = base.getHeight() + top + (int) (base.getHeight() * margins.bottom());
        var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        mirrored(base, left, top, out);
        soften(base, left, top, out);
        Graphics2D pen = out.createGraphics();
        pen.drawImage(base, left, top, null);
        pen.dispose();
        return out;
    }

    private static void mirrored(BufferedImage base, int left, int top, BufferedImage out) {
        int width = base.getWidth();
        int height = base.getHeight();
        Graphics2D pen = out.createGraphics();
        for (int row = -3; row <= 3; row++) {
            for (int column = -3; column <= 3; column++) {
                boolean flipX = column % 2 != 0;
                boolean flipY = row % 2 != 0;
                var place = AffineTransform.getTranslateInstance(
                        left + (double) column * width + (flipX ? width : 0),
                        top + (double) row * height + (flipY ? height : 0));
                place.scale(flipX ? -1 : 1, flipY ? -1 : 1);
                pen.drawImage(base, place, null);
            }
        }
        pen.dispose();
    }

    /** Mixes in ever softer versions with the distance from the given picture. */
    private static void soften(BufferedImage base, int left, int top, BufferedImage out) {
        int width = out.getWidth();
        int height = out.getHeight();
        int[] sharp = out.getRGB(0, 0, width, height, null, 0, width);
        int unit = Math.max(2, Math.max(width, height) / 60);
        int[] soft = Blur.of(sharp, width, height, unit / 2 + 1);
        int[] softest = Blur.of(soft, width, height, unit * 5);
        for (int i = 0; i < sharp.length; i++) {
            int column = i % width;
            int row = i / width;
            int dx = Math.max(Math.max(left - column, column - left - base.getWidth()), 0);
            int dy = Math.max(Math.max(top - row, row - top - base.getHeight()), 0);
            double away = Math.hypot(dx, dy) / unit;
            int nearer = mixed(sharp[i], soft[i], Math.clamp(away / 1.5, 0, 1));
            sharp[i] = mixed(nearer, softest[i], Math.clamp((away - 1) / 5, 0, 1));
        }
        out.setRGB(0, 0, width, height, sharp, 0, width);
    }

    private static int mixed(int from, int to, double share) {
        int part = (int) (share * 256);
        int rb = ((from & 0xFF00FF) * (256 - part) + (to & 0xFF00FF) * part) >>> 8 & 0xFF00FF;
        int g = ((from & 0xFF00) * (256 - part) + (to & 0xFF00) * part) >>> 8 & 0xFF00;
        return 0xFF000000 | rb | g;
    }
}
