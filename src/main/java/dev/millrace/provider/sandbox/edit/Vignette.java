package dev.millrace.provider.sandbox.edit;

import dev.millrace.provider.sandbox.paint.Tone;
import java.awt.image.BufferedImage;

/** Lays a picture into another as a soft-edged oval, in the other's light: how a scene shows who it is about. */
public final class Vignette {
    private static final double HEIGHT = 0.62;

    private Vignette() {}

    /** The scene with the subject in it. */
    public static BufferedImage of(BufferedImage scene, BufferedImage subject, double strength) {
        BufferedImage out = Sheets.opaque(scene);
        int width = out.getWidth();
        int height = out.getHeight();
        int side = (int) (Math.min(width, height) * HEIGHT);
        int[] pixels = out.getRGB(0, 0, width, height, null, 0, width);
        BufferedImage face = Sheets.covering(Sheets.opaque(subject), side * 4 / 5, side);
        int[] own = face.getRGB(0, 0, face.getWidth(), side, null, 0, face.getWidth());
        Tone.apply(own, Tone.of(own).towards(Tone.of(pixels), 0.35));
        int left = (width - face.getWidth()) / 2;
        int top = height - side - (height - side) / 3;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < face.getWidth(); column++) {
                double x = (column + 0.5) / face.getWidth() * 2 - 1;
                double y = (row + 0.5) / side * 2 - 1;
                double cover = Math.clamp((1 - Math.sqrt(x * x + y * y)) * 3.2, 0, 1);
                cover = cover * cover * (3 - 2 * cover) * Math.clamp(0.35 + 0.65 * strength, 0, 1);
                int at = (top + row) * width + left + column;
                int from = pixels[at];
                int to = own[row * face.getWidth() + column];
                pixels[at] = 0xFF000000
                        | mixed(from, to, 16, cover) << 16
                        | mixed(from, to, 8, cover) << 8
                        | mixed(from, to, 0, cover);
            }
        }
        out.setRGB(0, 0, width, height, pixels, 0, width);
        return out;
    }

    private static int mixed(int from, int to, int shift, double share) {
        int a = from >> shift & 255;
        int b = to >> shift & 255;
        return (int) Math.round(a + (b - a) * share);
    }
}
