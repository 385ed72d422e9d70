package dev.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The packaged server from its launch to its ready line, with the start-up cache and without, on a data directory that is
 * set up; and the memory that it holds when it idles.
 */
final class StartBench implements Benchmark {
    private static final int STARTS = 7;
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Path SCRIPT = Path.of("millrace").toAbsolutePath();
    private static final Path CACHE = Path.of("target", "millrace.aot").toAbsolutePath();

    private record Start(double seconds, long residentKb) {}

    @Override
    public void run(PrintStream out) throws Exception {
        Path data = Files.createTempDirectory("millrace-start");
        start(data, "", false);
        double cached = measure(out, data, "with the start-up cache", "");
        double plain = measure(out, data, "without it", "-XX:AOTMode=off");
        out.printf(
                "ready %.1fx sooner with the cache (%s)%n",
                plain / cached, Files.exists(CACHE) ? "it is there" : "MISSING");
    }

    private static double measure(PrintStream out, Path data, String what, String options) throws Exception {
        double[] seconds = new double[STARTS];
        long resident = 0;
        for (int i = 0; i < STARTS; i++) {
            Start start = start(data, options, i == STARTS - 1);
            seconds[i] = start.seconds;
            resident = start.residentKb;
        }
        Arrays.sort(seconds);
        double median = seconds[STARTS / 2];
        out.printf(
                "%s: ready after %.2f s (median of %d, worst %.2f s), idle %d MB%n",
                what, median, STARTS, seconds[STARTS - 1], resident / 1024);
        return median;
    }

    private static Start start(Path data, String options, boolean idle) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(SCRIPT.toString(), "serve", "--port", "0", "--data", data.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MILLRACE_JAVA_OPTS", options);
        long begun = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("millrace ready on")) {
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    return new Start(seconds, idle ? residentKb(process) : 0);
                }
            }
            throw new IllegalStateException("the server ended before it was ready");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** Where the system tells it; 0 elsewhere. */
    private static long residentKb(Process process) throws IOException {
        LockSupport.parkNanos(IDLE.toNanos());
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
