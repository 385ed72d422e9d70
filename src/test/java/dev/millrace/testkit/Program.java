package dev.millrace.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The program as a child process: the packaged jar in a build, the compiled classes elsewhere. What it writes is kept; it
 * inherits none of this machine's settings, and it ends with the test's JVM at the latest.
 */
public final class Program {
    private static final long LONG_ENOUGH_SECONDS = 60;

    private final Process process;
    private final Output out;
    private final Output err;

    /** What a command left behind. */
    public record Ended(int code, String out, String err) {}

    private Program(Process process) {
        this.process = process;
        this.out = new Output(process.getInputStream());
        this.err = new Output(process.getErrorStream());
    }

    /** Starts a command, such as {@code serve --port 0}. */
    public static Program start(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(java());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            process.getOutputStream().close();
            return new Program(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    public static Ended run(Map<String, String> environment, String... arguments) {
        return start(environment, List.of(arguments)).await();
    }

    /** Runs a command to its end. */
    public static Ended run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** The words that start it, before those of a command. */
    public static List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports",
                "java.desktop/com.sun.media.sound=ALL-UNNAMED"));
        Path jar = Path.of("target", "millrace.jar").toAbsolutePath();
        boolean built = System.getProperty("surefire.real.class.path") != null && Files.exists(jar);
        command.addAll(built ? List.of("-jar", jar.toString()) : List.of("-cp", classPath(), "dev.millrace.app.Main"));
        return command;
    }

    /** Such that it can be started from any folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    public String out() {
        return out.text();
    }

    public String err() {
        return err.text();
    }

    public boolean running() {
        return process.isAlive();
    }

    /** SIGKILL: as a crash would. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM, and the end in good order that follows. */
    public Ended terminate() {
        process.destroy();
        return await();
    }

    /** Sends another signal by its name, such as {@code STOP}, {@code CONT} or {@code INT}. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits so long for it to end; false when it still runs. */
    public boolean endsWithin(Duration most) {
        try {
            return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end, for at most a minute. */
    public Ended await() {
        try {
            if (!process.waitFor(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the program did not end\n" + out() + err());
            }
            return new Ended(process.exitValue(), out.whole(), err.whole());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Collects what a stream says, on a thread of its own. */
    private static final class Output {
        private final StringBuffer text = new StringBuffer();
        private final Thread reader;

        Output(InputStream stream) {
            reader = Thread.ofVirtual().start(() -> read(stream));
        }

        private void read(InputStream stream) {
            try (var in = new java.io.InputStreamReader(stream, StandardCharsets.UTF_8)) {
                char[] piece = new char[4096];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    text.append(piece, 0, n);
                }
            } catch (IOException killed) {
                text.append("");
            }
        }

        String text() {
            return text.toString();
        }

        String whole() throws InterruptedException {
            reader.join();
            return text();
        }
    }
}
