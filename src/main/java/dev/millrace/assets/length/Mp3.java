package dev.millrace.assets.length;

/** An MP3 file: its frames are counted, because each may have another size. */
final class Mp3 {
    private static final int[] VERSION_1_RATES = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] VERSION_2_RATES = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] SAMPLE_RATES = {44_100, 48_000, 32_000};
    private static final int TAG_HEADER = 10;
    private static final int FRAMES_NEEDED = 2;

    private Mp3() {}

    static long milliseconds(byte[] file) {
        int at = tag(file);
        long frames = 0;
        long micros = 0;
        while (at + 4 <= file.length) {
            int length = frame(file, at);
            if (length == 0) {
                break;
            }
            micros += samples(file, at) * 1_000_000L / rate(file, at);
            frames++;
            at += length;
        }
        return frames < FRAMES_NEEDED ? 0 : micros / 1000;
    }

    private static int tag(byte[] file) {
        if (file.length < TAG_HEADER || file[0] != 'I' || file[1] != 'D' || file[2] != '3') {
            return 0;
        }
        return TAG_HEADER + ((file[6] & 0x7F) << 21 | (file[7] & 0x7F) << 14 | (file[8] & 0x7F) << 7 | file[9] & 0x7F);
    }

    /** The length of the frame of layer III that begins here; 0 when none does. */
    private static int frame(byte[] file, int at) {
        int bits = file[at + 2] & 0xFF;
        boolean sync = (file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xE6) == 0xE2 && (file[at + 1] & 0x18) != 0x08;
        int index = bits >> 4;
        if (!sync || index == 0 || index == 15 || (bits >> 2 & 3) == 3) {
            return 0;
        }
        int kilobits = (first(file, at) ? VERSION_1_RATES : VERSION_2_RATES)[index];
        return samples(file, at) / 8 * kilobits * 1000 / rate(file, at) + (bits >> 1 & 1);
    }

    private static boolean first(byte[] file, int at) {
        return (file[at + 1] & 0x18) == 0x18;
    }

    private static int samples(byte[] file, int at) {
        return first(file, at) ? 1152 : 576;
    }

    private static int rate(byte[] file, int at) {
        int rate = SAMPLE_RATES[file[at + 2] >> 2 & 3];
        return switch (file[at + 1] & 0x18) {
            case 0x18 -> rate;
            case 0x10 -> rate / 2;
            default -> rate / 4;
        };
    }
}
