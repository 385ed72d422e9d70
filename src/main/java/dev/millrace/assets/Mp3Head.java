package dev.millrace.assets;

import java.io.IOException;

/** The length of an MP3 file: counted by the encoder where it says so, else reckoned from the first frame's bit rate. */
final class Mp3Head {
    private static final int SEARCH_MAX = 64 * 1024;
    private static final int[] RATES_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] RATES_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] SAMPLES = {44_100, 48_000, 32_000};

    private Mp3Head() {}

    static MediaFacts read(FileBytes bytes) throws IOException {
        long start = bytes.has(0, "ID3") ? 10 + tag(bytes) : 0;
        for (long at = start; at < start + SEARCH_MAX; at++) {
            if (bytes.u8(at) == 0xFF && isFrame(bytes, at)) {
                return frame(bytes, at);
            }
        }
        return MediaFacts.NONE;
    }

    /** The length of an ID3 tag: four bytes of seven bits. */
    private static long tag(FileBytes bytes) throws IOException {
        long length = 0;
        for (int i = 6; i < 10; i++) {
            length = length << 7 | bytes.u8(i) & 0x7F;
        }
        return length;
    }

    private static boolean isFrame(FileBytes bytes, long at) throws IOException {
        int second = bytes.u8(at + 1);
        int third = bytes.u8(at + 2);
        int rate = third >> 4;
        return (second & 0xE6) == 0xE2 && (second & 0x18) != 0x08 && rate > 0 && rate < 15 && (third & 0x0C) != 0x0C;
    }

    private static MediaFacts frame(FileBytes bytes, long at) throws IOException {
        int version = bytes.u8(at + 1) >> 3 & 3;
        boolean first = version == 3;
        int third = bytes.u8(at + 2);
        int samples = SAMPLES[third >> 2 & 3] >> (first ? 0 : version == 2 ? 1 : 2);
        boolean mono = bytes.u8(at + 3) >> 6 == 3;
        long info = at + 4 + (first ? mono ? 17 : 32 : mono ? 9 : 17);
        boolean counted = (bytes.has(info, "Xing") || bytes.has(info, "Info")) && (bytes.big(info + 4, 4) & 1) == 1;
        if (counted) {
            return MediaFacts.length(bytes.big(info + 8, 4) * (first ? 1152 : 576), samples);
        }
        int kilobits = (first ? RATES_1 : RATES_2)[third >> 4];
        return MediaFacts.length((bytes.size() - at) * 8, kilobits * 1_000L);
    }
}
