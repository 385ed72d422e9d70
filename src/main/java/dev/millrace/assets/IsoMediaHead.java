package dev.millrace.assets;

import java.io.IOException;

/** Size and length of MP4, MOV and M4A files: boxes in boxes (ISO/IEC 14496-12). */
final class IsoMediaHead {
    private static final int BOXES_MAX = 10_000;

    private final FileBytes bytes;
    private int boxes;
    private MediaFacts facts = MediaFacts.NONE;

    private IsoMediaHead(FileBytes bytes) {
        this.bytes = bytes;
    }

    static MediaFacts read(FileBytes bytes) throws IOException {
        IsoMediaHead head = new IsoMediaHead(bytes);
        head.boxes(0, bytes.size(), 0);
        return head.facts;
    }

    private void boxes(long from, long end, int depth) throws IOException {
        long at = from;
        while (at + 8 <= end && boxes++ < BOXES_MAX) {
            long length = bytes.big(at, 4);
            long start = at + 8;
            if (length == 1) {
                length = bytes.big(start, 8);
                start += 8;
            } else if (length == 0) {
                length = end - at;
            }
            if (length < start - at || length > end - at) {
                return;
            }
            box(bytes.text(at + 4, 4), start, at + length, depth);
            at += length;
        }
    }

    private void box(String name, long start, long end, int depth) throws IOException {
        switch (name) {
            case "moov", "trak" -> {
                if (depth < 2) {
                    boxes(start, end, depth + 1);
                }
            }
            case "mvhd" -> {
                boolean wide = bytes.u8(start) == 1;
                facts = facts.lasting(
                        wide ? bytes.big(start + 24, 8) : bytes.big(start + 16, 4),
                        bytes.big(start + (wide ? 20 : 12), 4));
            }
            case "tkhd" -> {
                long width = bytes.big(end - 8, 4) >> 16;
                if (width > facts.width()) {
                    facts = new MediaFacts((int) width, (int) (bytes.big(end - 4, 4) >> 16), facts.durationMs());
                }
            }
            default -> {
                // Nothing that is asked for is in it.
            }
        }
    }
}
