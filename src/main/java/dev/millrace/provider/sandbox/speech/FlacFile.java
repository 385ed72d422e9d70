package dev.millrace.provider.sandbox.speech;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Writes FLAC files (RFC 9639): blocks of 4096 samples, each foretold from the two samples before, the errors Rice-coded. */
final class FlacFile {
    private static final int BLOCK = 4096;
    private static final int INFO_BYTES = 34;
    private static final int LAST = 0x80;
    private static final int COMMENT = 4;

    private FlacFile() {}

    static byte[] write(short[] samples, String comment) {
        var file = new ByteArrayOutputStream();
        file.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(new byte[] {0, 0, 0, INFO_BYTES});
        file.writeBytes(info(samples));
        byte[] tags = tags(comment);
        file.writeBytes(new byte[] {
            (byte) (LAST | COMMENT), (byte) (tags.length >> 16), (byte) (tags.length >> 8), (byte) tags.length
        });
        file.writeBytes(tags);
        for (int block = 0; block * BLOCK < samples.length; block++) {
            file.writeBytes(
                    FlacFrame.of(samples, block * BLOCK, Math.min(BLOCK, samples.length - block * BLOCK), block));
        }
        return file.toByteArray();
    }

    private static byte[] info(short[] samples) {
        var info = new BitWriter();
        info.write(BLOCK, 16);
        info.write(BLOCK, 16);
        info.write(0, 24);
        info.write(0, 24);
        info.write(Throat.RATE, 20);
        info.write(0, 3);
        info.write(15, 5);
        info.write(0, 4);
        info.write(samples.length, 32);
        byte[] head = info.bytes();
        return ByteBuffer.allocate(INFO_BYTES)
                .put(head)
                .put(md5(WavFile.bytes(samples)))
                .array();
    }

    private static byte[] tags(String comment) {
        byte[] vendor = "Millrace sandbox".getBytes(StandardCharsets.UTF_8);
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + vendor.length + 4 + 4 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(vendor.length)
                .put(vendor)
                .putInt(1)
                .putInt(text.length)
                .put(text)
                .array();
    }

    /** The format wants it: a player can tell a damaged file by it. */
    private static byte[] md5(byte[] samples) {
        try {
            return MessageDigest.getInstance("MD5").digest(samples);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
