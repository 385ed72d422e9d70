package dev.millrace.bench;

import dev.millrace.db.DatabaseSettings;
import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A hundred thousand jobs in flight at once on one node with a gigabyte of heap, on an upstream that never ends them; then the
 * process is killed and started again, and the time is taken until every job has been asked about. A job that was submitted twice would
 * show in the upstream's file.
 */
final class InFlightBench implements Benchmark {
    private static final int JOBS = Integer.getInteger("millrace.bench.in_flight", 100_000);
    private static final String HEAP = "-Xmx1g";

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (TestDatabase database = TestDatabase.open(dialect)) {
                DatabaseSettings settings = database.settings();
                database.database().close();
                measure(out, dialect, settings.url());
            }
        }
    }

    private static void measure(PrintStream out, SqlDialect dialect, String url) throws Exception {
        Path folder = Files.createTempDirectory("millrace-in-flight");
        try (Node first = new Node(url, folder, JOBS)) {
            long begun = System.nanoTime();
            String all = first.await(line -> known(line) >= JOBS, Duration.ofSeconds(180));
            out.printf(
                    "%-10s %,d jobs taken, submitted and in flight after %.1f s (%,.0f/s): %s%n",
                    dialect, JOBS, seconds(begun), JOBS / seconds(begun), all);
            String later = first.await(line -> false, Duration.ofSeconds(20));
            out.printf("%-10s 20 s later: %s%n", dialect, later);
        }
        long restarted = System.nanoTime();
        try (Node second = new Node(url, folder, 0)) {
            second.await(line -> line.equals("started"), Duration.ofSeconds(60));
            double up = seconds(restarted);
            String all = second.await(line -> known(line) >= JOBS, Duration.ofSeconds(120));
            out.printf(
                    "%-10s killed and started: up after %.1f s, every job asked about after %.1f s: %s%n",
                    dialect, up, seconds(restarted), all);
        }
        List<String> submitted = Files.readAllLines(folder.resolve("submissions"));
        out.printf(
                "%-10s submissions %,d, of different jobs %,d%n",
                dialect, submitted.size(), submitted.stream().distinct().count());
    }

    private static long known(String line) {
        return line.startsWith("known ") ? Long.parseLong(line.split(" ")[1]) : 0;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** The node in a process of its own, which is killed at the end. */
    private static final class Node implements AutoCloseable {
        private final Process process;
        private final BufferedReader lines;

        Node(String url, Path folder, int jobs) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(flag ->
                            !flag.startsWith("-Xm") && !flag.startsWith("-XX:AOT") && !flag.startsWith("-XX:Shared"))
                    .forEach(command::add);
            command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(InFlightNode.class.getName(), url, folder.toString(), Integer.toString(jobs)));
            this.process = new ProcessBuilder(command)
                    .redirectError(folder.resolve("errors-" + jobs).toFile())
                    .start();
            this.lines = process.inputReader();
        }

        /** The first line that fits, or the last one before the time was over. */
        String await(Predicate<String> fits, Duration most) throws IOException {
            long until = System.nanoTime() + most.toNanos();
            String last = "";
            while (System.nanoTime() - until < 0) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IllegalStateException("the node ended; its last line was: " + last);
                }
                last = line;
                if (fits.test(line)) {
                    return line;
                }
            }
            return last;
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
