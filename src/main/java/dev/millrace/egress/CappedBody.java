package dev.millrace.egress;

import java.io.IOException;
import java.io.InputStream;

/** A body as the caller reads it: cut above its limit, its errors told apart. */
final class CappedBody extends InputStream {
    private final InputStream in;
    private final Deadline deadline;
    private long left;

    CappedBody(InputStream in, long bytesMax, Deadline deadline) {
        this.in = in;
        this.left = bytesMax;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n;
        try {
            n = in.read(buffer, offset, length);
        } catch (EgressException e) {
            throw e;
        } catch (IOException e) {
            throw new EgressException(deadline.over() ? EgressFailure.TIMED_OUT : EgressFailure.BROKEN, e);
        }
        left -= Math.max(0, n);
        if (left < 0) {
            throw new EgressException(EgressFailure.TOO_LARGE, null);
        }
        return n;
    }
}
