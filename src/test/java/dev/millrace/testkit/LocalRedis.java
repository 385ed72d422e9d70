package dev.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Redis or Valkey on loopback, of its own process, that can be killed, started again, and made to hang. */
public final class LocalRedis implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path program;
    private final Path folder;
    private final int port;
    private Process process;

    private LocalRedis(Path program) throws IOException {
        this.program = program;
        this.folder = Files.createTempDirectory("millrace-redis");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.process = started();
    }

    /** Whether the machine has one; says it where not. */
    public static boolean installed() {
        boolean installed = program().isPresent();
        if (!installed) {
            System.out.println(
                    "tests of limits in Redis are left out: there is no redis-server (Debian: redis-server)");
        }
        return installed;
    }

    public static LocalRedis start() {
        try {
            return new LocalRedis(program().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> program() {
        return Stream.of("redis-server", "valkey-server")
                .flatMap(LocalRedis::onThePath)
                .findFirst();
    }

    private static Stream<Path> onThePath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    private Process started() throws IOException {
        Process fresh = new ProcessBuilder(List.of(
                        program.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--dir",
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until("Redis answers", PATIENCE, () -> command("PING").startsWith("+PONG"));
        return fresh;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Sends one command in a line, and gives the first bytes of the answer; empty when nobody answers. */
    public String command(String line) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[256];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, read), StandardCharsets.UTF_8);
        } catch (IOException nobody) {
            return "";
        }
    }

    /** Ends it at once, and everything that it kept with it. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again, empty, where it was. */
    public void startAgain() {
        try {
            process = started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it answer nobody, with its connections open. */
    public void hang() {
        signal("STOP");
    }

    /** Has it go on. */
    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        TestDatabase.delete(folder);
    }
}
