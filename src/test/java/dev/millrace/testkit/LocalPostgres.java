package dev.millrace.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL in a folder of its own, on a free port, with fsync on. PostgreSQL refuses to run as root, so there it
 * runs as an unprivileged user. It ends with this JVM, however that ends: a shell between the two reads a pipe that only
 * the JVM holds open.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final String USER = "millrace";
    private static final Duration START = Duration.ofSeconds(60);
    /** Starts the server, says its process id, and stops it when the standard input ends. */
    private static final String KEEPER =
            "\"$@\" </dev/null & pid=$!; echo $pid; cat >/dev/null; kill -INT $pid 2>/dev/null; wait $pid";

    private final Path bin = PostgresBinaries.find();
    private final Path folder;
    private final int port;
    private final AtomicInteger names = new AtomicInteger();
    private @Nullable Process keeper;
    private long pid;

    private LocalPostgres() throws IOException {
        this.folder = Files.createTempDirectory("millrace-pg");
        this.port = freePort();
        if (isRoot()) {
            run("chown", "65534:65534", folder.toString());
        }
        run(asUser(
                bin.resolve("initdb").toString(),
                "-D",
                data(),
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync"));
    }

    /** A server of its own, for tests that stop it. */
    public static LocalPostgres start() {
        try {
            LocalPostgres server = new LocalPostgres();
            server.startServer();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one server that the tests of this JVM share. */
    public static LocalPostgres shared() {
        return Shared.SERVER;
    }

    public int port() {
        return port;
    }

    /** The JDBC address of one of its databases. */
    public String url(String database) {
        return url(database, port);
    }

    /** The JDBC address of one of its databases, reached through another port, such as a {@link FaultProxy}'s. */
    public static String url(String database, int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    /** Makes an empty database and says its name. */
    public String createDatabase() {
        return createDatabase("template1");
    }

    /** Makes a copy of a database that nobody is connected to, and says its name. */
    public String createDatabase(String template) {
        String name = "t" + names.incrementAndGet();
        execute("create database " + name + " template " + template);
        return name;
    }

    public void dropDatabase(String name) {
        execute("drop database if exists " + name + " with (force)");
    }

    /** Runs one statement in the maintenance database. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the test server refused: " + sql, e);
        }
    }

    /** Ends the server at once, without a checkpoint, as a crash does. */
    public synchronized void stopImmediately() {
        signal("QUIT");
    }

    /** Starts the server again after it was stopped. */
    public synchronized void startAgain() {
        startServer();
    }

    @Override
    public synchronized void close() {
        if (keeper != null) {
            signal("INT");
            run("rm", "-rf", folder.toString());
        }
    }

    private void startServer() {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", KEEPER, "sh", bin.resolve("postgres").toString()));
        command.addAll(List.of("-D", data(), "-p", String.valueOf(port), "-h", "127.0.0.1", "-k", ""));
        for (String setting : List.of("max_connections=200", "shared_buffers=64MB", "log_checkpoints=off")) {
            command.addAll(List.of("-c", setting));
        }
        try {
            Process started = new ProcessBuilder(asUser(command.toArray(String[]::new)))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
            var said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
            pid = Long.parseLong(said.readLine().trim());
            keeper = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the test's PostgreSQL takes connections", START, this::answers);
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void signal(String name) {
        Process ending = keeper;
        if (ending != null) {
            keeper = null;
            run("kill", "-" + name, String.valueOf(pid));
            Await.until(
                    "the test's PostgreSQL ends",
                    START,
                    () -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
            ending.destroy();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static String[] asUser(String... command) {
        if (!isRoot()) {
            return command;
        }
        String[] prefix = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"};
        String[] whole = Arrays.copyOf(prefix, prefix.length + command.length);
        System.arraycopy(command, 0, whole, prefix.length, command.length);
        return whole;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(command[command.length - 1] + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static final class Shared {
        static final LocalPostgres SERVER = start();
    }
}
