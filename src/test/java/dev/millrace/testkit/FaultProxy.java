package dev.millrace.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy that breaks connections when told to. It follows PostgreSQL's protocol closely enough to know which message
 * carries out a COMMIT, also when that statement was prepared long before.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int LONG_ENOUGH_NANOS = 2_000_000;

    /** What to do with the next COMMIT. */
    public enum Fault {
        /** Pass it on. */
        NONE,
        /** Let the server carry it out, then cut the connection instead of passing on the answer. */
        DROP_ANSWER,
        /** Cut the connection instead of passing it on. */
        DROP_COMMIT
    }

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    private final AtomicInteger struck = new AtomicInteger();
    private volatile boolean refusing;

    private FaultProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A proxy to this port of the loopback address. */
    public static FaultProxy to(int port) {
        try {
            FaultProxy proxy = new FaultProxy(port);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Arms the fault for the next COMMIT; it strikes once. */
    public void onNextCommit(Fault next) {
        fault.set(next);
    }

    /** How many faults have struck. */
    public int struck() {
        return struck.get();
    }

    /** Whether new connections are closed at once. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** Cuts every connection that is open. */
    public void cut() {
        sockets.forEach(FaultProxy::close);
    }

    @Override
    public void close() {
        close(listener);
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                var link = new Link(client, server);
                Thread.ofVirtual().start(link::requests);
                Thread.ofVirtual().start(link::answers);
            } catch (IOException e) {
                LockSupport.parkNanos(LONG_ENOUGH_NANOS); // the target is down, or this proxy is closed
            }
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection through the proxy. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private final PostgresMessages messages = new PostgresMessages();
        private volatile boolean dropping;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            byte[] buffer = new byte[65_536];
            try (InputStream in = client.getInputStream();
                    OutputStream out = server.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (messages.commitsIn(buffer, read)) {
                        Fault now = fault.getAndSet(Fault.NONE);
                        dropping = now == Fault.DROP_ANSWER;
                        if (now == Fault.DROP_COMMIT) {
                            struck.incrementAndGet();
                            break;
                        }
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException broken) {
                // either end may go away at any time
            }
            end();
        }

        void answers() {
            byte[] buffer = new byte[65_536];
            try (InputStream in = server.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (dropping) {
                        struck.incrementAndGet();
                        break;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException broken) {
                // either end may go away at any time
            }
            end();
        }

        private void end() {
            sockets.remove(client);
            sockets.remove(server);
            close(client);
            close(server);
        }
    }

    /** Says whether bytes that a client sends carry out a COMMIT: as text, or by the name it was prepared under. */
    private static final class PostgresMessages {
        private final Set<String> prepared = ConcurrentHashMap.newKeySet();

        boolean commitsIn(byte[] bytes, int length) {
            boolean commits = false;
            for (int at = 0; at + 5 <= length; ) {
                int size = ((bytes[at + 1] & 0xFF) << 24)
                        | ((bytes[at + 2] & 0xFF) << 16)
                        | ((bytes[at + 3] & 0xFF) << 8)
                        | (bytes[at + 4] & 0xFF);
                if (size < 4 || at + 1 + size > length) {
                    return commits; // the start-up message, or one that was split: no COMMIT of the driver's is
                }
                String body = new String(bytes, at + 5, size - 4, StandardCharsets.ISO_8859_1);
                commits |= commits((char) bytes[at], body.split("\0", -1));
                at += 1 + size;
            }
            return commits;
        }

        private boolean commits(char type, String[] texts) {
            if (type == 'P' && texts[1].equalsIgnoreCase("commit")) {
                prepared.add(texts[0]);
            }
            return type == 'Q' && texts[0].equalsIgnoreCase("commit")
                    || type == 'B' && texts.length > 1 && prepared.contains(texts[1]);
        }
    }
}
