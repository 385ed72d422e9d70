package dev.millrace.assets.length;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Measures recordings: WAV, FLAC, MP3, Ogg (Opus and Vorbis), MP4 and M4A. */
public final class AudioLength {
    /** What {@link #milliseconds} understands, for messages. */
    public static final String FORMATS = "wav, flac, mp3, ogg, m4a or mp4";

    private static final int SECOND = 1000;

    private AudioLength() {}

    /** How long the recording is; empty when the bytes are no recording of a known kind, or a broken one. */
    public static OptionalLong milliseconds(byte[] file) {
        try {
            long millis = measured(file);
            return millis > 0 ? OptionalLong.of(millis) : OptionalLong.empty();
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static long measured(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, 12), StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.endsWith("WAVE")) {
            return wav(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        }
        if (head.startsWith("fLaC")) {
            return flac(ByteBuffer.wrap(file));
        }
        if (head.startsWith("OggS")) {
            return Ogg.milliseconds(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        }
        if (head.startsWith("ftyp", 4)) {
            return Mp4.milliseconds(ByteBuffer.wrap(file));
        }
        return Mp3.milliseconds(file);
    }

    private static long wav(ByteBuffer file) {
        long bytesPerSecond = 0;
        for (int at = 12; at + 8 <= file.limit(); ) {
            String name = text(file, at);
            long size = Integer.toUnsignedLong(file.getInt(at + 4));
            if (name.equals("fmt ")) {
                bytesPerSecond = Integer.toUnsignedLong(file.getInt(at + 16));
            }
            if (name.equals("data")) {
                // A recorder that streams does not know the size yet, and writes a very large one.
                long there = Math.min(size, file.limit() - at - 8L);
                return there * SECOND / bytesPerSecond;
            }
            at = Math.toIntExact(Math.min(Integer.MAX_VALUE, at + 8L + size + size % 2));
        }
        return 0;
    }

    private static long flac(ByteBuffer file) {
        long word = file.getLong(18);
        long rate = word >>> 44;
        return (word & 0xFFFFFFFFFL) * SECOND / rate;
    }

    static String text(ByteBuffer file, int at) {
        byte[] name = new byte[4];
        file.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
