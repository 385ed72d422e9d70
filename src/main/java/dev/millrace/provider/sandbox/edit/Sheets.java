package dev.millrace.provider.sandbox.edit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Puts pictures side by side, and gives them sizes. */
public final class Sheets {
    private static final int TILE = 512;
    private static final int GAP = 8;

    private Sheets() {}

    /** Two by two, as they are, without a gap: the picture that Midjourney calls a grid. */
    public static BufferedImage grid(List<BufferedImage> pictures) {
        int width = pictures.getFirst().getWidth();
        int height = pictures.getFirst().getHeight();
        var sheet = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = pen(sheet);
        for (int i = 0; i < pictures.size(); i++) {
            pen.drawImage(pictures.get(i), i % 2 * width, i / 2 * height, width, height, null);
        }
        pen.dispose();
        return sheet;
    }

    /** All of them as square tiles, as a photographer's contact sheet. */
    public static BufferedImage contact(List<BufferedImage> pictures) {
        int columns = Math.max(1, (int) Math.ceil(Math.sqrt(pictures.size())));
        int rows = Math.max(1, Math.ceilDiv(pictures.size(), columns));
        int tile = Math.max(64, TILE * 2 / Math.max(2, columns));
        var sheet =
                new BufferedImage(columns * (tile + GAP) + GAP, rows * (tile + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = pen(sheet);
        pen.setColor(new Color(0xF4, 0xF1, 0xEA));
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < pictures.size(); i++) {
            BufferedImage square = covering(pictures.get(i), tile, tile);
            pen.drawImage(square, GAP + i % columns * (tile + GAP), GAP + i / columns * (tile + GAP), null);
        }
        pen.dispose();
        return sheet;
    }

    /** The picture cut to this shape and size, never stretched. */
    public static BufferedImage covering(BufferedImage picture, int width, int height) {
        double scale = Math.max((double) width / picture.getWidth(), (double) height / picture.getHeight());
        int drawnWidth = (int) Math.ceil(picture.getWidth() * scale);
        int drawnHeight = (int) Math.ceil(picture.getHeight() * scale);
        BufferedImage whole = Enlarge.to(picture, drawnWidth, drawnHeight);
        var cut = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = cut.createGraphics();
        pen.drawImage(whole, (width - drawnWidth) / 2, (height - drawnHeight) / 2, null);
        pen.dispose();
        return cut;
    }

    /** The picture as opaque pixels; what was clear is white. */
    public static BufferedImage opaque(BufferedImage picture) {
        if (picture.getType() == BufferedImage.TYPE_INT_RGB) {
            return picture;
        }
        var flat = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = flat.createGraphics();
        pen.drawImage(picture, 0, 0, Color.WHITE, null);
        pen.dispose();
        return flat;
    }

    private static Graphics2D pen(BufferedImage image) {
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        return pen;
    }
}
