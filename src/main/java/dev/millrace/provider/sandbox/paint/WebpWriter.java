package dev.millrace.provider.sandbox.paint;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes WebP files without loss (VP8L): each pixel as its difference from what its neighbours let expect, in Huffman codes.
 * The JDK writes no WebP, and repeated stretches are rare in what is painted here, so there is no search for them.
 */
final class WebpWriter {
    private static final int SIGNATURE = 0x2F;
    private static final int SIDE_BITS = 14;
    private static final int SUBTRACT_GREEN = 2;
    private static final int PREDICT = 0;
    /** Expected is left plus above minus left above, within what a channel can hold. */
    private static final int GRADIENT = 12;

    private static final int BLOCK_BITS = 9;
    private static final int OPAQUE = 0xFF000000;
    private static final int GREENS = 280;
    private static final int BYTES = 256;
    private static final int DISTANCES = 40;

    private WebpWriter() {}

    static byte[] write(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        var bits = new BitWriter(pixels.length * 2 + 4096);
        bits.put(SIGNATURE, 8);
        bits.put(width - 1, SIDE_BITS);
        bits.put(height - 1, SIDE_BITS);
        bits.put(isClear(pixels) ? 1 : 0, 1);
        bits.put(0, 3);
        transforms(bits);
        subtractGreen(pixels);
        data(bits, residuals(pixels, width));
        return file(bits.bytes());
    }

    private static boolean isClear(int[] pixels) {
        for (int pixel : pixels) {
            if (pixel >>> 24 != 255) {
                return true;
            }
        }
        return false;
    }

    /** Says what was done to the pixels; the one predictor of all blocks is an image of one colour, which costs no bits. */
    private static void transforms(BitWriter bits) {
        bits.put(1, 1);
        bits.put(SUBTRACT_GREEN, 2);
        bits.put(1, 1);
        bits.put(PREDICT, 2);
        bits.put(BLOCK_BITS - 2, 3);
        bits.put(0, 1);
        for (int symbol : new int[] {GRADIENT, 0, 0, 255, 0}) {
            HuffmanCode.writeSingle(bits, symbol);
        }
        bits.put(0, 1);
    }

    private static void subtractGreen(int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            int green = pixels[i] >> 8 & 255;
            int red = (pixels[i] >> 16) - green & 255;
            int blue = pixels[i] - green & 255;
            pixels[i] = pixels[i] & 0xFF00FF00 | red << 16 | blue;
        }
    }

    private static int[] residuals(int[] pixels, int width) {
        int[] out = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int expected;
            if (i == 0) {
                expected = OPAQUE;
            } else if (i < width) {
                expected = pixels[i - 1];
            } else if (i % width == 0) {
                expected = pixels[i - width];
            } else {
                expected = gradient(pixels[i - 1], pixels[i - width], pixels[i - width - 1]);
            }
            out[i] = difference(pixels[i], expected);
        }
        return out;
    }

    private static int gradient(int left, int above, int corner) {
        int out = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (left >>> shift & 255) + (above >>> shift & 255) - (corner >>> shift & 255);
            out |= Canvas.limit(value) << shift;
        }
        return out;
    }

    private static int difference(int pixel, int expected) {
        int out = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            out |= ((pixel >>> shift) - (expected >>> shift) & 255) << shift;
        }
        return out;
    }

    private static void data(BitWriter bits, int[] residuals) {
        bits.put(0, 1);
        bits.put(0, 1);
        int[] shifts = {8, 16, 0, 24};
        HuffmanCode[] codes = new HuffmanCode[shifts.length];
        for (int c = 0; c < shifts.length; c++) {
            int[] counts = new int[c == 0 ? GREENS : BYTES];
            for (int residual : residuals) {
                counts[residual >>> shifts[c] & 255]++;
            }
            codes[c] = HuffmanCode.of(counts);
            codes[c].writeLengths(bits);
        }
        HuffmanCode.of(new int[DISTANCES]).writeLengths(bits);
        for (int residual : residuals) {
            for (int c = 0; c < shifts.length; c++) {
                codes[c].write(bits, residual >>> shifts[c] & 255);
            }
        }
    }

    private static byte[] file(byte[] data) {
        int padded = data.length + (data.length & 1);
        var file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(12 + padded).put(ascii("WEBP"));
        file.put(ascii("VP8L")).putInt(data.length).put(data);
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
