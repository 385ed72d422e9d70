package dev.millrace.assets;

import java.io.IOException;

/** The lengths of sounds that state them plainly. */
final class SoundHeads {
    private static final int CHUNKS_MAX = 1_000;
    private static final long NOT_STATED = 0xFFFF_FFFFL;
    private static final int OGG_TAIL = 64 * 1024;
    private static final int OPUS_RATE = 48_000;

    private SoundHeads() {}

    static MediaFacts wav(FileBytes bytes) throws IOException {
        long perSecond = 0;
        long at = 12;
        for (int chunks = 0; chunks < CHUNKS_MAX; chunks++) {
            long length = bytes.little(at + 4, 4);
            if (bytes.has(at, "fmt ")) {
                perSecond = bytes.little(at + 16, 4);
            } else if (bytes.has(at, "data")) {
                long there = bytes.size() - at - 8;
                return MediaFacts.length(
                        length == 0 || length == NOT_STATED ? there : Math.min(length, there), perSecond);
            }
            at += 8 + length + (length & 1);
        }
        return MediaFacts.NONE;
    }

    static MediaFacts flac(FileBytes bytes) throws IOException {
        long bits = bytes.big(18, 8);
        return MediaFacts.length(bits & 0xF_FFFF_FFFFL, bits >>> 44);
    }

    /** The last page states how many samples there are up to it. */
    static MediaFacts ogg(FileBytes bytes) throws IOException {
        long rate = bytes.has(28, "OpusHead") ? OPUS_RATE : bytes.has(29, "vorbis") ? bytes.little(40, 4) : 0;
        for (long at = bytes.size() - 27; at >= Math.max(0, bytes.size() - OGG_TAIL); at--) {
            if (bytes.u8(at) == 'O' && bytes.has(at, "OggS")) {
                return MediaFacts.length(bytes.little(at + 6, 8), rate);
            }
        }
        return MediaFacts.NONE;
    }
}
