package dev.millrace.provider.sandbox.film;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Moves an MP4 file's index (moov) before its frames (mdat), so that a player can start before the last byte is there, and
 * takes the time of its making out of it, so that equal films are equal files.
 */
final class FastStart {
    private static final Set<String> CONTAINERS = Set.of("moov", "trak", "mdia", "minf", "stbl");
    private static final Set<String> DATED = Set.of("mvhd", "tkhd", "mdhd");
    private static final int HEADER = 8;

    private FastStart() {}

    static byte[] of(byte[] file) {
        int moov = find(file, "moov");
        int mdat = find(file, "mdat");
        if (moov < mdat) {
            throw new IllegalStateException("the index is in front already");
        }
        int size = ByteBuffer.wrap(file).getInt(moov);
        byte[] index = new byte[size];
        System.arraycopy(file, moov, index, 0, size);
        rewrite(ByteBuffer.wrap(index), 0, size, size);
        byte[] moved = new byte[file.length];
        System.arraycopy(file, 0, moved, 0, mdat);
        System.arraycopy(index, 0, moved, mdat, size);
        System.arraycopy(file, mdat, moved, mdat + size, moov - mdat);
        System.arraycopy(file, moov + size, moved, moov + size, file.length - moov - size);
        return moved;
    }

    private static int find(byte[] file, String type) {
        var buffer = ByteBuffer.wrap(file);
        int at = 0;
        while (at + HEADER <= file.length) {
            if (type(buffer, at).equals(type)) {
                return at;
            }
            long size = Integer.toUnsignedLong(buffer.getInt(at));
            at += (int) (size == 1 ? buffer.getLong(at + HEADER) : size);
        }
        throw new IllegalStateException("the file has no " + type);
    }

    /** Adds to every chunk's place in the file, and clears every date. */
    private static void rewrite(ByteBuffer index, int from, int to, int by) {
        int at = from;
        while (at + HEADER <= to) {
            int size = index.getInt(at);
            String type = type(index, at);
            int count = at + 16 <= to ? index.getInt(at + 12) : 0;
            if (CONTAINERS.contains(type)) {
                rewrite(index, at + HEADER, at + size, by);
            } else if (DATED.contains(type)) {
                index.putLong(at + 12, 0);
            } else if (type.equals("stco")) {
                for (int i = 0; i < count; i++) {
                    int place = at + 16 + 4 * i;
                    index.putInt(place, index.getInt(place) + by);
                }
            } else if (type.equals("co64")) {
                for (int i = 0; i < count; i++) {
                    int place = at + 16 + 8 * i;
                    index.putLong(place, index.getLong(place) + by);
                }
            }
            at += size;
        }
    }

    private static String type(ByteBuffer buffer, int at) {
        byte[] name = new byte[4];
        buffer.get(at + 4, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
