package dev.millrace.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Splits a stream at a boundary, with one buffer however large a part is. */
final class BoundaryInput {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;

    BoundaryInput(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        // The line break that the first boundary need not have, so that it is found as every other.
        buffer[0] = '\r';
        buffer[1] = '\n';
        this.to = 2;
    }

    /**
     * Content up to the next boundary; -1 once that has been passed, else at least one byte.
     *
     * @throws MultipartException when the body ends before
     */
    int read(byte[] out) throws IOException {
        while (true) {
            int end = mayBeDelimiter();
            if (end > from) {
                int length = Math.min(out.length, end - from);
                System.arraycopy(buffer, from, out, 0, length);
                from += length;
                return length;
            }
            if (to - from >= delimiter.length) {
                from += delimiter.length;
                return -1;
            }
            fill("ends before the closing boundary");
        }
    }

    /** Whether the boundary that was just passed is the closing one; else the line behind it is passed too. */
    boolean closing() throws IOException {
        while (to - from < 2) {
            fill("ends within a boundary");
        }
        if (buffer[from] == '-' && buffer[from + 1] == '-') {
            from += 2;
            return true;
        }
        if (!line(100).isBlank()) {
            throw new MultipartException("has a line that begins as its boundary and is none");
        }
        return false;
    }

    /** The next line, in UTF-8, without its end; at most {@code max} bytes. */
    String line(int max) throws IOException {
        for (int length = 0; ; length++) {
            if (length > max) {
                throw new MultipartException("has a head that is too large");
            }
            while (to - from < length + 2) {
                fill("ends within the head of a part");
            }
            if (buffer[from + length] == '\r' && buffer[from + length + 1] == '\n') {
                String line = utf8(from, length);
                from += length + 2;
                return line;
            }
        }
    }

    /** Reads on to the end of the stream; false when that is further away than {@code max} bytes. */
    boolean ends(int max) throws IOException {
        long passed = (long) to - from;
        from = to;
        while (passed <= max) {
            int n = in.read(buffer);
            if (n < 0) {
                return true;
            }
            passed += n;
        }
        return false;
    }

    /** The first place that is, or may become, a delimiter; else the end of what has come. */
    private int mayBeDelimiter() {
        for (int at = from; at < to; at++) {
            if (buffer[at] == '\r' && begins(at)) {
                return at;
            }
        }
        return to;
    }

    private boolean begins(int at) {
        int length = Math.min(delimiter.length, to - at);
        for (int i = 1; i < length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void fill(String otherwise) throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            throw new MultipartException("has a head that is too large");
        }
        int n = in.read(buffer, to, buffer.length - to);
        if (n < 0) {
            throw new MultipartException(otherwise);
        }
        to += n;
    }

    private String utf8(int start, int length) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, start, length))
                    .toString();
            if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
                throw new MultipartException("has a control character in a head");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new MultipartException("has a head that is not UTF-8");
        }
    }
}
