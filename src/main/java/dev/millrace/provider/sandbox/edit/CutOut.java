package dev.millrace.provider.sandbox.edit;

import java.awt.image.BufferedImage;
import java.util.ArrayDeque;

/**
 * Takes the background out of a picture: what looks like the border and hangs together with it becomes clear. It finds what
 * stands before an even ground; it does not know what a person is.
 */
public final class CutOut {
    private static final int SIDE = 320;
    private static final double LEAST = 0.03;
    private static final double MOST = 0.95;

    private CutOut() {}

    /**
     * The picture with a clear background.
     *
     * @param reverse leaves the background and takes the subject out
     */
    public static BufferedImage of(BufferedImage picture, boolean reverse) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        float[] mask = mask(Sheets.opaque(picture));
        var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < pixels.length; i++) {
            float share = reverse ? 1 - mask[i] : mask[i];
            int alpha = Math.round((pixels[i] >>> 24) * share);
            pixels[i] = alpha << 24 | pixels[i] & 0xFFFFFF;
        }
        out.setRGB(0, 0, width, height, pixels, 0, width);
        return out;
    }

    /** How much of each pixel belongs to the subject, 0 to 1. */
    static float[] mask(BufferedImage picture) {
        double shrink = Math.min(1, (double) SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(2, (int) (picture.getWidth() * shrink));
        int height = Math.max(2, (int) (picture.getHeight() * shrink));
        int[] small = Enlarge.to(picture, width, height).getRGB(0, 0, width, height, null, 0, width);
        small = Blur.of(small, width, height, 1);
        boolean[] ground = null;
        for (int reach = 18; reach <= 60 && ground == null; reach += 6) {
            boolean[] found = flood(small, width, height, reach);
            double subject = 1 - share(found);
            if (subject < MOST && subject > LEAST) {
                ground = found;
            }
        }
        float[] mask = ground == null ? middle(width, height) : values(ground);
        mask = Blur.of(mask, width, height, 1);
        return stretched(mask, width, height, picture.getWidth(), picture.getHeight());
    }

    /** From above and from the sides inwards (what is cut off by the lower edge is the subject), as long as a step changes little and the colour is near that of where it started. */
    private static boolean[] flood(int[] pixels, int width, int height, int reach) {
        var ground = new boolean[pixels.length];
        var origin = new int[pixels.length];
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < pixels.length; i++) {
            int column = i % width;
            int row = i / width;
            boolean side = (column == 0 || column == width - 1) && row < height * 0.55;
            if (row == 0 || side) {
                ground[i] = true;
                origin[i] = pixels[i];
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            int at = open.poll();
            int column = at % width;
            int[] around = {
                column > 0 ? at - 1 : -1,
                column < width - 1 ? at + 1 : -1,
                at - width,
                at + width < pixels.length ? at + width : -1
            };
            for (int next : around) {
                if (next >= 0
                        && !ground[next]
                        && far(pixels[next], pixels[at]) < reach * 0.7
                        && far(pixels[next], origin[at]) < reach * 2.4) {
                    ground[next] = true;
                    origin[next] = origin[at];
                    open.add(next);
                }
            }
        }
        return ground;
    }

    private static double far(int a, int b) {
        int r = (a >> 16 & 255) - (b >> 16 & 255);
        int g = (a >> 8 & 255) - (b >> 8 & 255);
        int bl = (a & 255) - (b & 255);
        return Math.sqrt(0.3 * r * r + 0.5 * g * g + 0.2 * bl * bl);
    }

    private static double share(boolean[] ground) {
        int count = 0;
        for (boolean one : ground) {
            count += one ? 1 : 0;
        }
        return (double) count / ground.length;
    }

    /** Where nothing stands out, what is in the middle does. */
    private static float[] middle(int width, int height) {
        float[] mask = new float[width * height];
        for (int i = 0; i < mask.length; i++) {
            double x = (i % width + 0.5) / width * 2 - 1;
            int row = i / width;
            double y = (row + 0.5) / height * 2 - 1.05;
            double out = Math.sqrt(x * x * 1.9 + y * y * 1.25);
            mask[i] = (float) Math.clamp((1 - out) * 9, 0, 1);
        }
        return mask;
    }

    private static float[] values(boolean[] ground) {
        float[] mask = new float[ground.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = ground[i] ? 0 : 1;
        }
        return mask;
    }

    private static float[] stretched(float[] mask, int width, int height, int toWidth, int toHeight) {
        float[] out = new float[toWidth * toHeight];
        for (int row = 0; row < toHeight; row++) {
            double y = Math.clamp((row + 0.5) * height / toHeight - 0.5, 0, height - 1.001);
            for (int column = 0; column < toWidth; column++) {
                double x = Math.clamp((column + 0.5) * width / toWidth - 0.5, 0, width - 1.001);
                int at = ((int) y) * width + (int) x;
                int below = Math.min(at + width, mask.length - 2);
                double across = x - (int) x;
                double upper = mask[at] + (mask[at + 1] - mask[at]) * across;
                double lower = mask[below] + (mask[below + 1] - mask[below]) * across;
                double value = upper + (lower - upper) * (y - (int) y);
                out[row * toWidth + column] = (float) Math.clamp((value - 0.3) * 2.5, 0, 1);
            }
        }
        return out;
    }
}
