package dev.millrace.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, watched: it knows since when it waits for bytes, and how long the current head or body has been
 * waited for in all, so that {@link Connections} can close it. The library's own sockets wait for ever.
 */
final class Connection implements ConnectionContext {
    /** How many bytes of slack a body gets over its limit for its framing. */
    private static final int FRAMING = 64 * 1024;

    /** What is waited for when a read waits. */
    enum Phase {
        REST,
        HEAD,
        BODY
    }

    private final ConnectionContext inner;
    private final Router router;
    private final DataReader reader;
    private final DataWriter writer;
    private final long unreadMax;

    private volatile Phase phase = Phase.REST;
    private volatile boolean busy;
    private volatile long readingSince;
    private volatile long writingSince;
    private volatile long waited;
    private volatile long received;
    private long unread;
    private volatile @Nullable ReadAhead ahead;

    Connection(ConnectionContext inner, Router router, long bodyMax) {
        this.inner = inner;
        this.router = router;
        this.unreadMax = bodyMax + FRAMING;
        this.reader = DataReader.create(this::pull);
        this.writer = new WatchedWriter(inner.dataWriter());
    }

    /** A head has come whole, and its request is being answered. */
    void begin() {
        busy = true;
        phase = Phase.BODY;
        waited = 0;
        received = 0;
        unread = 0;
    }

    /** A piece of the body has been handed on. */
    void progress() {
        unread = 0;
    }

    void end() {
        busy = false;
        phase = Phase.REST;
        waited = 0;
        received = 0;
    }

    /**
     * Whether the client has hung up while its request is answered; the first call begins to look. Called by the connection's own
     * thread, once it has taken the request's body.
     */
    boolean hungUp() {
        ReadAhead begun = ahead;
        if (begun == null) {
            begun = ReadAhead.begin(() -> inner.serverSocket().get());
            ahead = begun;
        }
        return begun.ended();
    }

    boolean busy() {
        return busy;
    }

    /** Whether it has overstayed one of its limits, all in nanoseconds. */
    boolean overdue(long now, long idleMax, long requestMax, long writeMax) {
        long writing = writingSince;
        if (writing != 0 && now - writing > writeMax) {
            return true;
        }
        long reading = readingSince;
        if (reading == 0) {
            return false;
        }
        long waiting = now - reading;
        return switch (phase) {
            case REST -> waiting > idleMax;
            case HEAD -> waited + waiting > requestMax;
            case BODY -> waited + waiting > requestMax + received / 16_384 * 1_000_000_000L;
        };
    }

    /** Closes the socket under whatever waits on it. */
    void cut() {
        try {
            inner.serverSocket().close();
        } catch (RuntimeException alreadyClosed) {
            // closing twice is what was wanted once
        }
    }

    private byte @Nullable [] pull() {
        if (unread > unreadMax) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.PAYLOAD_TOO_LARGE)
                    .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .setKeepAlive(false)
                    .message("chunk too large")
                    .build();
        }
        long from = System.nanoTime() | 1;
        readingSince = from;
        try {
            byte[] bytes = next();
            count(bytes, System.nanoTime() - from);
            return bytes;
        } catch (RuntimeException e) {
            throw new CloseConnectionException("the connection broke", e);
        } finally {
            readingSince = 0;
        }
    }

    private byte @Nullable [] next() {
        ReadAhead begun = ahead;
        if (begun == null) {
            return inner.serverSocket().get();
        }
        byte[] bytes = begun.take();
        ahead = null;
        return bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the connection's own thread alone, read by the sweeper
    private void count(byte @Nullable [] bytes, long nanos) {
        if (bytes == null) {
            return;
        }
        if (phase == Phase.REST) {
            phase = Phase.HEAD;
            return;
        }
        waited = waited + nanos;
        received = received + bytes.length;
        unread = phase == Phase.BODY ? unread + bytes.length : 0;
    }

    @Override
    public ListenerContext listenerContext() {
        return inner.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return inner.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public HelidonSocket serverSocket() {
        return inner.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return inner.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return inner.localPeer();
    }

    @Override
    public boolean isSecure() {
        return inner.isSecure();
    }

    @Override
    public String socketId() {
        return inner.socketId();
    }

    @Override
    public String childSocketId() {
        return inner.childSocketId();
    }

    /** Notes since when a write has been waiting for the client to take it. */
    private final class WatchedWriter implements DataWriter {
        private final DataWriter to;

        WatchedWriter(DataWriter to) {
            this.to = to;
        }

        @Override
        public void write(BufferData... buffers) {
            write(BufferData.create(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            writingSince = System.nanoTime() | 1;
            try {
                to.write(buffer);
            } finally {
                writingSince = 0;
            }
        }

        @Override
        public void writeNow(BufferData... buffers) {
            write(BufferData.create(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            write(buffer);
        }
    }
}
