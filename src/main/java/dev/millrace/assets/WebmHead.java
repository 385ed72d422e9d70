package dev.millrace.assets;

import java.io.IOException;

/** Size and length of WebM files: elements in elements (RFC 8794, RFC 9559). */
final class WebmHead {
    private static final int ELEMENTS_MAX = 10_000;
    private static final int DEPTH_MAX = 5;
    private static final int EBML = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;
    private static final int INFO = 0x1549A966;
    private static final int TRACKS = 0x1654AE6B;
    private static final int TRACK = 0xAE;
    private static final int VIDEO = 0xE0;
    private static final int WIDTH = 0xB0;
    private static final int HEIGHT = 0xBA;
    private static final int SCALE = 0x2AD7B1;
    private static final int DURATION = 0x4489;
    private static final int CLUSTER = 0x1F43B675;
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final FileBytes bytes;
    private int elements;
    private boolean done;
    private long width;
    private long height;
    private long scale = NANOS_OF_MILLI;
    private double duration;

    private WebmHead(FileBytes bytes) {
        this.bytes = bytes;
    }

    static MediaFacts read(FileBytes bytes) throws IOException {
        WebmHead head = new WebmHead(bytes);
        head.elements(0, bytes.size(), 0);
        double millis = head.duration * head.scale / NANOS_OF_MILLI;
        return MediaFacts.size(head.width, head.height).lasting(Math.round(millis), 1_000);
    }

    private void elements(long from, long end, int depth) throws IOException {
        long at = from;
        while (at < end && !done && elements++ < ELEMENTS_MAX) {
            int idLength = width(at);
            int id = (int) bytes.big(at, idLength);
            int sizeLength = width(at + idLength);
            long all = (1L << (7 * sizeLength)) - 1;
            long size = bytes.big(at + idLength, sizeLength) & all;
            long start = at + idLength + sizeLength;
            long stop = size == all || size > end - start ? end : start + size;
            element(id, start, stop, depth);
            at = stop;
        }
    }

    /** How many bytes a number has, by its first. */
    private int width(long at) throws IOException {
        int zeros = Integer.numberOfLeadingZeros(bytes.u8(at)) - 24;
        if (zeros > 7) {
            throw new FileBytes.EndException();
        }
        return zeros + 1;
    }

    private void element(int id, long start, long end, int depth) throws IOException {
        int length = (int) Math.min(8, end - start);
        switch (id) {
            case SEGMENT, INFO, TRACKS, TRACK, VIDEO -> {
                if (depth < DEPTH_MAX) {
                    elements(start, end, depth + 1);
                }
            }
            case WIDTH -> width = Math.max(width, bytes.big(start, length));
            case HEIGHT -> height = Math.max(height, bytes.big(start, length));
            case SCALE -> scale = bytes.big(start, length);
            case DURATION ->
                duration = length == 4
                        ? Float.intBitsToFloat((int) bytes.big(start, 4))
                        : Double.longBitsToDouble(bytes.big(start, 8));
            case CLUSTER -> done = true;
            case EBML -> {
                // Says that it is one, which is known.
            }
            default -> {
                // Nothing that is asked for is in it.
            }
        }
    }
}
