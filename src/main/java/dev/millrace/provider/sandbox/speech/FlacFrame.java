package dev.millrace.provider.sandbox.speech;

/** One frame of a FLAC file. */
final class FlacFrame {
    private static final int SYNC = 0x3FFE;
    private static final int ORDER = 2;
    private static final int RICE_MAX = 14;
    private static final int HEADER_POLYNOMIAL = 0x07;
    private static final int FRAME_POLYNOMIAL = 0x8005;

    private FlacFrame() {}

    static byte[] of(short[] samples, int from, int length, int number) {
        var bits = new BitWriter();
        bits.write(SYNC, 14);
        bits.write(0, 2);
        // The block's size follows the number in 16 bits; the rate is that of the file; one channel; 16 bits.
        bits.write(7, 4);
        bits.write(0, 4);
        bits.write(0, 4);
        bits.write(4, 3);
        bits.write(0, 1);
        number(bits, number);
        bits.write(length - 1, 16);
        bits.write(checksum(bits.bytes(), HEADER_POLYNOMIAL, 8), 8);
        if (length <= ORDER) {
            bits.write(2, 8);
            for (int i = 0; i < length; i++) {
                bits.write(samples[from + i] & 0xFFFF, 16);
            }
        } else {
            foretold(bits, samples, from, length);
        }
        bits.fill();
        bits.write(checksum(bits.bytes(), FRAME_POLYNOMIAL, 16), 16);
        return bits.bytes();
    }

    /** The number of the frame, coded as UTF-8 codes a character. */
    private static void number(BitWriter bits, int number) {
        if (number < 0x80) {
            bits.write(number, 8);
        } else if (number < 0x800) {
            bits.write(0xC0 | number >> 6, 8);
            bits.write(0x80 | number & 0x3F, 8);
        } else {
            bits.write(0xE0 | number >> 12, 8);
            bits.write(0x80 | number >> 6 & 0x3F, 8);
            bits.write(0x80 | number & 0x3F, 8);
        }
    }

    private static void foretold(BitWriter bits, short[] samples, int from, int length) {
        bits.write((8 | ORDER) << 1, 8);
        for (int i = 0; i < ORDER; i++) {
            bits.write(samples[from + i] & 0xFFFF, 16);
        }
        int[] errors = new int[length - ORDER];
        long sum = 0;
        for (int i = 0; i < errors.length; i++) {
            int at = from + i + ORDER;
            int error = samples[at] - 2 * samples[at - 1] + samples[at - 2];
            errors[i] = error << 1 ^ error >> 31;
            sum += errors[i];
        }
        int rice = 0;
        while (rice < RICE_MAX && (long) errors.length << (rice + 1) < sum) {
            rice++;
        }
        // Rice codes with a parameter of four bits, one partition.
        bits.write(0, 2);
        bits.write(0, 4);
        bits.write(rice, 4);
        for (int error : errors) {
            bits.unary(error >>> rice);
            bits.write(error & (1 << rice) - 1, rice);
        }
    }

    private static int checksum(byte[] bytes, int polynomial, int width) {
        int top = 1 << width - 1;
        int sum = 0;
        for (byte one : bytes) {
            sum ^= (one & 0xFF) << width - 8;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & top) != 0 ? sum << 1 ^ polynomial : sum << 1;
            }
        }
        return sum & (1 << width) - 1;
    }
}
