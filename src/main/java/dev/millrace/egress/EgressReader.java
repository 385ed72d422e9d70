package dev.millrace.egress;

import java.io.IOException;
import java.io.InputStream;

/** Reads an answer's body while it arrives. */
@FunctionalInterface
public interface EgressReader<R> {
    /** @param body ends at the answer's end; fails with {@link EgressException} when the time or the size is over */
    R read(int status, EgressHeaders headers, InputStream body) throws IOException;
}
