package dev.millrace.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The writing end of a {@code text/event-stream}: the head is on its way already, and each call is flushed. */
public interface SseStream {
    /**
     * Sends one event; data of several lines becomes several {@code data:} fields.
     *
     * @throws IOException when the client has hung up
     */
    void event(@Nullable String name, @Nullable String id, String data) throws IOException;

    /**
     * Sends events that stand in the wire's form already, ended by a blank line each: for a relay that passes an
     * upstream's stream through.
     *
     * @throws IOException when the client has hung up
     */
    void raw(byte[] events) throws IOException;

    /**
     * Sends a comment, which clients ignore: how a caller keeps an idle stream alive and learns that its client is gone.
     *
     * @throws IOException when the client has hung up
     */
    void comment(String text) throws IOException;

    /** False once a write has failed, or the client has hung up; one that vanished without a word is noticed by a write alone. */
    boolean open();
}
