package dev.millrace.egress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the lines of a head or of chunk sizes, so many bytes in all. */
final class Lines {
    private final InputStream in;
    private int left;

    Lines(InputStream in, int bytesMax) {
        this.in = in;
        this.left = bytesMax;
    }

    /** The next line without its end, as ISO-8859-1. */
    String next() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (--left < 0 || b == 0) {
                throw ResponseHead.malformed();
            }
            line.append((char) b);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        if (line.indexOf("\r") >= 0) {
            throw ResponseHead.malformed();
        }
        return line.toString();
    }
}
