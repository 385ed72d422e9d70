package dev.millrace.provider.sandbox.paint;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files with one fixed filter and fast compression.
 *
 * <p>The JDK's own writer tries five filters for every row, which costs more than painting the picture.
 */
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int AVERAGE = 3;
    private static final int LEVEL = 4;
    private static final int RGB = 3;
    private static final int RGBA = 4;

    private PngWriter() {}

    static byte[] write(Canvas canvas) {
        return write(canvas.pixels, canvas.width, RGB);
    }

    /** With clear parts when the picture has any. */
    static byte[] write(BufferedImage image) {
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        boolean clear = false;
        for (int pixel : pixels) {
            clear |= pixel >>> 24 != 255;
        }
        return write(pixels, width, clear ? RGBA : RGB);
    }

    private static byte[] write(int[] pixels, int width, int channels) {
        var out = new ByteArrayOutputStream(pixels.length * 2);
        out.writeBytes(SIGNATURE);
        var header = ByteBuffer.allocate(13).putInt(width).putInt(pixels.length / width);
        header.put((byte) 8).put((byte) (channels == RGBA ? 6 : 2)).put((byte) 0);
        header.put((byte) 0).put((byte) 0);
        chunk(out, "IHDR", header.array(), 13);
        data(out, pixels, width, channels);
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    private static void data(ByteArrayOutputStream out, int[] pixels, int width, int channels) {
        var deflater = new Deflater(LEVEL);
        deflater.setStrategy(Deflater.FILTERED);
        byte[] above = new byte[channels * width];
        byte[] here = new byte[channels * width];
        byte[] filtered = new byte[channels * width + 1];
        byte[] packed = new byte[1 << 16];
        for (int at = 0; at < pixels.length; at += width) {
            unpack(pixels, at, channels, here);
            filter(above, here, channels, filtered);
            deflater.setInput(filtered);
            // Not "until it gives nothing": the first call only takes in the strategy.
            while (!deflater.needsInput()) {
                emit(deflater, packed, out);
            }
            byte[] swap = above;
            above = here;
            here = swap;
        }
        deflater.finish();
        while (!deflater.finished()) {
            emit(deflater, packed, out);
        }
        deflater.end();
    }

    private static void emit(Deflater deflater, byte[] packed, ByteArrayOutputStream out) {
        int length = deflater.deflate(packed);
        if (length > 0) {
            chunk(out, "IDAT", packed, length);
        }
    }

    private static void unpack(int[] pixels, int from, int channels, byte[] into) {
        for (int column = 0; column < into.length / channels; column++) {
            int pixel = pixels[from + column];
            int at = channels * column;
            into[at] = (byte) (pixel >> 16);
            into[at + 1] = (byte) (pixel >> 8);
            into[at + 2] = (byte) pixel;
            if (channels == RGBA) {
                into[at + 3] = (byte) (pixel >>> 24);
            }
        }
    }

    private static void filter(byte[] above, byte[] here, int channels, byte[] filtered) {
        filtered[0] = AVERAGE;
        for (int i = 0; i < here.length; i++) {
            int left = i < channels ? 0 : here[i - channels] & 255;
            filtered[i + 1] = (byte) (here[i] - (left + (above[i] & 255) >> 1));
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
