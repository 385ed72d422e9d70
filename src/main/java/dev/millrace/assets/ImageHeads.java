package dev.millrace.assets;

import java.io.IOException;

/** The sizes of pictures. */
final class ImageHeads {
    private static final int SEGMENTS_MAX = 10_000;

    private ImageHeads() {}

    static MediaFacts png(FileBytes bytes) throws IOException {
        return bytes.has(12, "IHDR") ? MediaFacts.size(bytes.big(16, 4), bytes.big(20, 4)) : MediaFacts.NONE;
    }

    static MediaFacts gif(FileBytes bytes) throws IOException {
        return MediaFacts.size(bytes.little(6, 2), bytes.little(8, 2));
    }

    static MediaFacts webp(FileBytes bytes) throws IOException {
        return switch (bytes.text(12, 4)) {
            case "VP8 " -> MediaFacts.size(bytes.little(26, 2) & 0x3FFF, bytes.little(28, 2) & 0x3FFF);
            case "VP8L" -> {
                long bits = bytes.little(21, 4);
                yield MediaFacts.size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
            }
            case "VP8X" -> MediaFacts.size(bytes.little(24, 3) + 1, bytes.little(27, 3) + 1);
            default -> MediaFacts.NONE;
        };
    }

    /** Segment by segment to the one that states the frame. */
    static MediaFacts jpeg(FileBytes bytes) throws IOException {
        long at = 2;
        for (int segments = 0; segments < SEGMENTS_MAX && bytes.u8(at) == 0xFF; segments++) {
            int marker = bytes.u8(at + 1);
            if (marker == 0xFF) {
                at++;
            } else if (isFrame(marker)) {
                return MediaFacts.size(bytes.big(at + 7, 2), bytes.big(at + 5, 2));
            } else {
                at += 2 + Math.max(2, bytes.big(at + 2, 2));
            }
        }
        return MediaFacts.NONE;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
