package dev.millrace.provider.sandbox.speech;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts packets onto the pages of an Ogg stream (RFC 3533). */
final class OggPages {
    private static final int HEADER = 27;
    private static final int CHECKSUM_AT = 22;
    private static final int FLAGS_AT = 5;
    private static final int LACE = 255;
    private static final int POLYNOMIAL = 0x04C11DB7;

    private final int serial;
    private final List<byte[]> pages = new ArrayList<>();

    OggPages(int serial) {
        this.serial = serial;
    }

    /** One page with whole packets, at most 255 laces of them; {@code position} is the sample at its end. */
    void page(List<byte[]> packets, long position) {
        var laces = new ByteArrayOutputStream();
        var body = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            for (int left = packet.length; left >= 0; left -= LACE) {
                laces.write(Math.min(left, LACE));
            }
            body.writeBytes(packet);
        }
        if (laces.size() > LACE) {
            throw new IllegalArgumentException("too much for a page");
        }
        ByteBuffer page =
                ByteBuffer.allocate(HEADER + laces.size() + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        page.put((byte) (pages.isEmpty() ? 2 : 0))
                .putLong(position)
                .putInt(serial)
                .putInt(pages.size());
        page.putInt(0).put((byte) laces.size()).put(laces.toByteArray()).put(body.toByteArray());
        pages.add(page.array());
    }

    /** All pages, the last one marked as such. */
    byte[] end() {
        pages.getLast()[FLAGS_AT] |= 4;
        var file = new ByteArrayOutputStream();
        for (byte[] page : pages) {
            ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM_AT, checksum(page));
            file.writeBytes(page);
        }
        return file.toByteArray();
    }

    private static int checksum(byte[] page) {
        int sum = 0;
        for (byte one : page) {
            sum ^= (one & 0xFF) << 24;
            for (int bit = 0; bit < 8; bit++) {
                sum = sum < 0 ? sum << 1 ^ POLYNOMIAL : sum << 1;
            }
        }
        return sum;
    }
}
