package dev.millrace.egress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, section 7.1); chunk extensions and trailers are dropped, and bounded. */
final class ChunkedBody extends InputStream {
    private static final int SIZE_LINE_MAX = 256;
    private static final int TRAILERS_MAX = 8_192;
    private static final int SIZE_DIGITS_MAX = 15;

    private final InputStream in;
    private long left;
    private boolean started;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException();
        }
        left -= n;
        return n;
    }

    private void next() throws IOException {
        if (started && !new Lines(in, 2).next().isEmpty()) {
            throw ResponseHead.malformed();
        }
        started = true;
        left = size(new Lines(in, SIZE_LINE_MAX).next());
        if (left == 0) {
            ended = true;
            Lines trailers = new Lines(in, TRAILERS_MAX);
            while (!trailers.next().isEmpty()) {
                // trailers say nothing that is used
            }
        }
    }

    private static long size(String line) throws EgressException {
        int end = line.indexOf(';');
        String text = (end < 0 ? line : line.substring(0, end)).stripTrailing();
        if (text.isEmpty()
                || text.length() > SIZE_DIGITS_MAX
                || text.chars().anyMatch(c -> Character.digit(c, 16) < 0 || c > 'f')) {
            throw ResponseHead.malformed();
        }
        return Long.parseLong(text, 16);
    }
}
