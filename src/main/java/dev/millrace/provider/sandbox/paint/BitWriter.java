package dev.millrace.provider.sandbox.paint;

import java.util.Arrays;

/** Collects bits, the lowest of each byte first. */
final class BitWriter {
    private byte[] bytes;
    private int length;
    private long pending;
    private int count;

    BitWriter(int capacity) {
        bytes = new byte[Math.max(64, capacity)];
    }

    /** The lowest {@code bits} bits of a value; at most 32. */
    void put(int value, int bits) {
        pending |= (value & (1L << bits) - 1) << count;
        count += bits;
        while (count >= 8) {
            add((byte) pending);
            pending >>>= 8;
            count -= 8;
        }
    }

    /** All of them; the last byte is filled up with zeros. */
    byte[] bytes() {
        if (count > 0) {
            add((byte) pending);
            pending = 0;
            count = 0;
        }
        return Arrays.copyOf(bytes, length);
    }

    private void add(byte one) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = one;
    }
}
