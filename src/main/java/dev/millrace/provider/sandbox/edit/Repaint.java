package dev.millrace.provider.sandbox.edit;

import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.paint.Overlay;
import dev.millrace.provider.sandbox.paint.Painter;
import dev.millrace.provider.sandbox.paint.Picture;
import dev.millrace.provider.sandbox.paint.Tone;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a picture as a prompt asks: it takes on the light and the colours of the scene that the prompt alone would give, the
 * weather and the figures that it names, and the medium where it names one. Under a mask the scene itself is painted in.
 */
public final class Repaint {
    private static final double OWN_SHARE = 0.72;
    private static final double OTHER_SHARE = 0.5;

    private Repaint() {}

    /**
     * The changed picture, of the size of the first one.
     *
     * @param others more pictures to go by, whose colours the result takes on
     * @param mask where it may change; null for everywhere
     */
    public static BufferedImage of(
            BufferedImage picture, List<BufferedImage> others, String prompt, long seed, @Nullable Mask mask) {
        BufferedImage base = Sheets.opaque(picture);
        int width = base.getWidth();
        int height = base.getHeight();
        int[] own = base.getRGB(0, 0, width, height, null, 0, width);
        int[] scene = scene(prompt, seed, width, height);
        int[] changed = mask == null ? toned(own, scene, others) : inside(own, scene);
        var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        out.setRGB(0, 0, width, height, changed, 0, width);
        if (mask == null) {
            Overlay.of(prompt, seed, out);
            Medium.of(prompt).ifPresent(medium -> medium.apply(out));
            return out;
        }
        int[] done = out.getRGB(0, 0, width, height, null, 0, width);
        out.setRGB(0, 0, width, height, blended(own, done, mask.feathered(Math.max(1, width / 90))), 0, width);
        return out;
    }

    /** The scene of the prompt at a size that may be smaller than what can be painted. */
    private static int[] scene(String prompt, long seed, int width, int height) {
        double grow = Math.max(1, 64.0 / Math.min(width, height));
        double fit = Math.min(1, Picture.LARGEST / (Math.max(width, height) * grow));
        int paintedWidth = Math.max(16, (int) (width * grow * fit));
        int paintedHeight = Math.max(16, (int) (height * grow * fit));
        Canvas canvas = Painter.paint(new Picture(prompt, seed, 0, paintedWidth, paintedHeight));
        var flat = new BufferedImage(paintedWidth, paintedHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = flat.createGraphics();
        pen.drawImage(canvas.image(), 0, 0, null);
        pen.dispose();
        return Enlarge.to(flat, width, height).getRGB(0, 0, width, height, null, 0, width);
    }

    private static int[] toned(int[] own, int[] scene, List<BufferedImage> others) {
        int[] changed = own.clone();
        Tone.apply(changed, Tone.of(changed).towards(Tone.of(scene), OWN_SHARE));
        for (BufferedImage other : others) {
            int[] pixels = other.getRGB(0, 0, other.getWidth(), other.getHeight(), null, 0, other.getWidth());
            Tone.apply(changed, Tone.of(changed).towards(Tone.of(pixels), OTHER_SHARE / others.size()));
        }
        return changed;
    }

    /** The scene in the light of the picture around it. */
    private static int[] inside(int[] own, int[] scene) {
        Tone.apply(scene, Tone.of(scene).towards(Tone.of(own), 0.35));
        return scene;
    }

    private static int[] blended(int[] own, int[] changed, Mask mask) {
        int[] out = own.clone();
        for (int i = 0; i < out.length; i++) {
            float share = mask.open()[i];
            if (share > 0) {
                out[i] = 0xFF000000
                        | mixed(own[i], changed[i], 16, share) << 16
                        | mixed(own[i], changed[i], 8, share) << 8
                        | mixed(own[i], changed[i], 0, share);
            }
        }
        return out;
    }

    private static int mixed(int from, int to, int shift, float share) {
        int a = from >> shift & 255;
        int b = to >> shift & 255;
        return Math.round(a + (b - a) * share);
    }
}
