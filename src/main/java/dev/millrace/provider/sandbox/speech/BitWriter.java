package dev.millrace.provider.sandbox.speech;

import java.util.Arrays;

/** Bits one after the other, the highest first. */
final class BitWriter {
    private byte[] bytes = new byte[16 * 1024];
    private int count;

    void write(int value, int bits) {
        for (int bit = bits - 1; bit >= 0; bit--) {
            push(value >> bit & 1);
        }
    }

    /** So many zeros and a one. */
    void unary(int zeros) {
        for (int i = 0; i < zeros; i++) {
            push(0);
        }
        push(1);
    }

    /** Zeros up to the next whole byte. */
    void fill() {
        while (count % 8 != 0) {
            push(0);
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, (count + 7) / 8);
    }

    private void push(int bit) {
        if (count / 8 == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        bytes[count / 8] |= (byte) (bit << 7 - count % 8);
        count++;
    }
}
