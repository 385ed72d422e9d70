package dev.millrace.assets.length;

import java.nio.ByteBuffer;

/** An MP4 or M4A file: its movie header states the length. */
final class Mp4 {
    private Mp4() {}

    static long milliseconds(ByteBuffer file) {
        int movie = find(file, 0, file.limit(), "moov");
        int header = find(file, movie + 8, Math.min(file.limit(), movie + file.getInt(movie)), "mvhd");
        boolean wide = file.get(header + 8) == 1;
        long scale = Integer.toUnsignedLong(file.getInt(header + (wide ? 28 : 20)));
        long length = wide ? file.getLong(header + 32) : Integer.toUnsignedLong(file.getInt(header + 24));
        return Math.multiplyExact(length, 1000L) / scale;
    }

    private static int find(ByteBuffer file, int from, int to, String type) {
        for (long at = from; at + 8 <= to; ) {
            int here = (int) at;
            if (AudioLength.text(file, here + 4).equals(type)) {
                return here;
            }
            long size = Integer.toUnsignedLong(file.getInt(here));
            at += Math.max(8, size == 1 ? file.getLong(here + 8) : size);
        }
        throw new IllegalArgumentException("no " + type);
    }
}
