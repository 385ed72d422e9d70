package dev.millrace.provider.sandbox;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes pictures, and gets at those that a request names without handing them in. */
record InputPicture(InputImages images) {
    /** Pixels beyond which a picture is left alone: decoding takes four bytes for each. */
    private static final long LARGEST = 40_000_000;

    /** The file behind an address; empty when it can not be had. */
    byte[] fetch(String address) {
        return images.load(address).orElse(new byte[0]);
    }

    /** The decoded picture; null when the bytes are none that can be read. */
    static @Nullable BufferedImage decode(byte[] bytes) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            return readers.hasNext() ? read(readers.next(), in) : null;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    private static @Nullable BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
        try {
            reader.setInput(in);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            return pixels > LARGEST ? null : reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
