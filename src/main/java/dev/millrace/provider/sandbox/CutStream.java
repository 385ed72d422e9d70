package dev.millrace.provider.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that breaks after a number of bytes, as a connection does. */
final class CutStream extends FilterInputStream {
    private long left;

    CutStream(InputStream whole, long bytes) {
        super(whole);
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        breakWhenDue();
        left--;
        return super.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        breakWhenDue();
        int read = super.read(into, from, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }

    private void breakWhenDue() throws IOException {
        if (left <= 0) {
            throw new IOException("the sandbox cut the stream as told");
        }
    }
}
