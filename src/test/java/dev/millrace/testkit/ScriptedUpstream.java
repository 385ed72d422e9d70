package dev.millrace.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that does with each request what its script says, and records it. Scripts are taken in turn;
 * the last one stays.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSocket listener;
    private final Deque<Script> scripts = new ArrayDeque<>();
    private final List<Recorded> requests = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String scheme;
    private volatile @Nullable Function<Recorded, Script> answers;

    private ScriptedUpstream(ServerSocketFactory sockets, String address, String scheme) {
        this.scheme = scheme;
        try {
            listener = sockets.createServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getByName(address), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scripts.add(Script.status(200));
        Thread.ofVirtual().start(this::accept);
    }

    /** On 127.0.0.1, answering 200 to everything until told otherwise. */
    public static ScriptedUpstream start() {
        return new ScriptedUpstream(ServerSocketFactory.getDefault(), "127.0.0.1", "http");
    }

    /** On another address of this machine, such as 127.0.0.2 or ::1. */
    public static ScriptedUpstream start(String address) {
        return new ScriptedUpstream(ServerSocketFactory.getDefault(), address, "http");
    }

    /** With TLS. */
    public static ScriptedUpstream start(ServerSocketFactory tls) {
        return new ScriptedUpstream(tls, "127.0.0.1", "https");
    }

    /** What is done with the next requests, in turn; the last one stays. */
    public ScriptedUpstream script(Script... next) {
        synchronized (scripts) {
            scripts.clear();
            scripts.addAll(List.of(next));
        }
        return this;
    }

    /** What is done with every request from now on, as it says itself. */
    public ScriptedUpstream answering(Function<Recorded, Script> each) {
        answers = each;
        return this;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url(String path) {
        String host = listener.getInetAddress().getHostAddress();
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port() + path;
    }

    /** Every request so far, in the order in which they came whole. */
    public List<Recorded> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** How many connections were made, with or without a request. */
    public int connections() {
        return connections.get();
    }

    /** The n-th request, from 1, once it has come. */
    public Recorded await(int n) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (requests) {
            while (requests.size() < n) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("request " + n + " did not come; " + requests.size() + " did");
                }
                try {
                    requests.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
            return requests.get(n - 1);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Recorded request = read(in); request != null; request = read(in)) {
                Function<Recorded, Script> own = answers;
                Script script = own == null ? take() : own.apply(request);
                synchronized (requests) {
                    requests.add(request);
                    requests.notifyAll();
                }
                if (!play(script, socket)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException | ExecutionException hungUp) {
            // what a client or a test does to a connection is no failure of this server
        } finally {
            open.remove(socket);
        }
    }

    private Script take() {
        synchronized (scripts) {
            return scripts.size() > 1 ? scripts.removeFirst() : scripts.getFirst();
        }
    }

    private boolean play(Script script, Socket socket) throws IOException, InterruptedException, ExecutionException {
        script.signal().toCompletableFuture().get();
        OutputStream out = socket.getOutputStream();
        byte[] bytes = script.bytes();
        int length = script.cut() < 0 ? bytes.length : Math.min(script.cut(), bytes.length);
        if (script.pace().isZero()) {
            out.write(bytes, 0, length);
        } else {
            for (int i = 0; i < length && !closed.await(script.pace().toNanos(), TimeUnit.NANOSECONDS); i++) {
                out.write(bytes[i]);
                out.flush();
            }
        }
        out.flush();
        while (script.endless()) {
            out.write(script.body());
        }
        if (script.cut() >= 0) {
            socket.setSoLinger(true, 0);
        }
        return script.cut() < 0 && !script.closing();
    }

    private static @Nullable Recorded read(InputStream in) throws IOException {
        String first = line(in);
        String[] parts = first.split(" ", 3);
        if (parts.length < 3) {
            return null; // the end, or something other than HTTP
        }
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = Math.max(0, line.indexOf(':'));
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).getFirst());
        return new Recorded(parts[0], parts[1], headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        var line = new java.io.ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
