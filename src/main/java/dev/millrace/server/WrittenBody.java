package dev.millrace.server;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the body of one answer, as fast as its client takes it. */
@FunctionalInterface
public interface WrittenBody {
    /** @throws IOException when the client has hung up, passed on from the stream */
    void write(OutputStream out) throws IOException;
}
