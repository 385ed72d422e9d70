package dev.millrace.egress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a stated length; ending before it is an error. */
final class LengthBody extends InputStream {
    private final InputStream in;
    private long left;

    LengthBody(InputStream in, long length) {
        this.in = in;
        this.left = length;
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
        if (left == 0) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException();
        }
        left -= n;
        return n;
    }
}
