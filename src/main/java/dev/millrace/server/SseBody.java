package dev.millrace.server;

import java.io.IOException;

/**
 * Writes the events of one event stream; returning ends the stream in good order. It is called exactly once, also when the
 * client has gone before the first byte: the stream is not open then.
 */
@FunctionalInterface
public interface SseBody {
    /** @throws IOException when the client has hung up, passed on from {@link SseStream} */
    void write(SseStream out) throws IOException;
}
