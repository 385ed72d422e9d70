package dev.millrace.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One read of a client's socket while its request is being answered: the one way to learn that a client hung up while
 * nothing is written to it. What comes instead, such as the head of the client's next request, is kept for the connection.
 */
final class ReadAhead {
    private final CompletableFuture<byte @Nullable []> read = new CompletableFuture<>();
    private volatile boolean ended;

    /** Begins to read in a thread of its own, which ends with the first bytes, or with the connection. */
    static ReadAhead begin(Supplier<byte @Nullable []> socket) {
        ReadAhead ahead = new ReadAhead();
        Thread.ofVirtual().name("server-read-ahead").start(() -> ahead.run(socket));
        return ahead;
    }

    private void run(Supplier<byte @Nullable []> socket) {
        try {
            byte[] bytes = socket.get();
            ended = bytes == null;
            read.complete(bytes);
        } catch (RuntimeException broken) {
            ended = true;
            read.completeExceptionally(broken);
        }
    }

    /** Whether the client has ended its side of the connection, or the connection broke. */
    boolean ended() {
        return ended;
    }

    /**
     * What was read, waited for; null at the end of what the client sends.
     *
     * @throws IllegalStateException when the connection broke, or the thread is interrupted
     */
    byte @Nullable [] take() {
        try {
            return read.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the connection broke", e.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server stops", stopping);
        }
    }
}
