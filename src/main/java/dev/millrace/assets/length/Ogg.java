package dev.millrace.assets.length;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An Ogg file: its pages state the position of the sample at their end. */
final class Ogg {
    private static final int HEADER = 27;
    private static final long OPUS_RATE = 48_000;

    private Ogg() {}

    static long milliseconds(ByteBuffer file) {
        byte[] first = new byte[Math.min(file.limit(), 80)];
        file.get(0, first);
        String head = new String(first, StandardCharsets.ISO_8859_1);
        int opus = head.indexOf("OpusHead");
        int vorbis = head.indexOf("\u0001vorbis");
        long rate = opus >= 0 ? OPUS_RATE : vorbis >= 0 ? Integer.toUnsignedLong(file.getInt(vorbis + 12)) : 0;
        long skipped = opus >= 0 ? Short.toUnsignedInt(file.getShort(opus + 10)) : 0;
        return Math.max(0, end(file) - skipped) * 1000 / rate;
    }

    private static long end(ByteBuffer file) {
        long end = 0;
        for (int at = 0;
                at + HEADER <= file.limit() && AudioLength.text(file, at).equals("OggS"); ) {
            end = Math.max(end, file.getLong(at + 6));
            int laces = Byte.toUnsignedInt(file.get(at + 26));
            int next = at + HEADER + laces;
            for (int i = 0; i < laces && at + HEADER + i < file.limit(); i++) {
                next += Byte.toUnsignedInt(file.get(at + HEADER + i));
            }
            at = next;
        }
        return end;
    }
}
