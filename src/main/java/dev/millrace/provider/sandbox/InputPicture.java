package dev.millrace.provider.sandbox;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds and decodes the picture that a film is to start from. */
record InputPicture(InputImages images) {
    private static final String BASE64 = ";base64,";
    /** Pixels beyond which a picture is left alone: decoding takes four bytes for each. */
    private static final long LARGEST = 40_000_000;

    /** The address in a call's parameters, whichever name its model uses; empty when there is none. */
    static Optional<String> address(Fields fields) {
        JsonNode node =
                fields.first("image_url", "input_images", "image_urls", "input_image", "image", "first_frame_url");
        JsonNode one = node.isArray() && !node.isEmpty() ? node.get(0) : node;
        JsonNode text = one.isObject() ? one.path("image_url") : one;
        JsonNode address = text.isObject() ? text.path("url") : text;
        return address.isString() && !address.asString().isBlank() ? Optional.of(address.asString()) : Optional.empty();
    }

    /** The file behind an address; empty when it can not be had. */
    byte[] fetch(String address) {
        return address.startsWith("data:")
                ? inline(address)
                : images.load(address).orElse(new byte[0]);
    }

    private static byte[] inline(String address) {
        int start = address.indexOf(BASE64);
        try {
            return start < 0 ? new byte[0] : Base64.getDecoder().decode(address.substring(start + BASE64.length()));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
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
