package dev.millrace.bench;

import dev.millrace.db.DatabaseSettings;
import dev.millrace.json.Json;
import dev.millrace.testkit.TestDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Durable no-op jobs of the sandbox on SQLite (synchronous=FULL): admitted, held, accepted, claimed, run, settled, with their
 * usage rows. First as many as go, with group commit and with a commit for each unit; then at fixed rates,
 * for the time that a submit takes.
 */
final class JobsBench implements Benchmark {
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int SUBMITTERS = 64;
    /** What Millrace promises on two cores; submit times are taken at half of it, and at half of what was measured. */
    private static final double PROMISED = 1_000;

    private static final int ROUNDS = 3;

    @Override
    public void run(PrintStream out) throws Exception {
        double together = 0;
        double apart = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            double a = measure(1);
            double b = measure(DatabaseSettings.DEFAULTS.batch());
            out.printf(
                    "round %d: a commit for each unit %,7.0f jobs/s   group commit %,7.0f jobs/s   %4.1fx%n",
                    round, a, b, b / a);
            apart += a;
            together += b;
        }
        double rate = together / ROUNDS;
        out.printf("in all: %.1fx; %,.0f jobs/s from submit to completed%n", together / apart, rate);
        paced(out, PROMISED / 2);
        paced(out, rate / 2);
    }

    private static void paced(PrintStream out, double perSecond) throws Exception {
        Histogram submit = submitTimes(perSecond);
        out.printf(
                "at %,.0f jobs/s: submit p50 %.2f ms, p99 %.2f ms, max %.2f ms of %,d%n",
                perSecond,
                submit.getValueAtPercentile(50) / 1e6,
                submit.getValueAtPercentile(99) / 1e6,
                submit.getMaxValue() / 1e6,
                submit.getTotalCount());
    }

    /** Submits for one round as fast as it goes, waits until the last job is done, and gives the rate over all of that. */
    private static double measure(int batch) throws Exception {
        try (TestDatabase database = open(batch);
                JobRooms rooms = JobRooms.ofSandbox(database.database(), folder())) {
            long begun = System.nanoTime();
            AtomicLong submitted = new AtomicLong();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() - begun < ROUND.toNanos()) {
                        submit(rooms);
                        submitted.incrementAndGet();
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            awaitDone(rooms, submitted.get());
            return submitted.get() * 1e9 / (System.nanoTime() - begun);
        }
    }

    /** Submits at a fixed rate, each from its planned moment on: a late start counts as waiting. */
    private static Histogram submitTimes(double perSecond) throws Exception {
        Histogram nanos = new ConcurrentHistogram(3);
        try (TestDatabase database = open(DatabaseSettings.DEFAULTS.batch());
                JobRooms rooms = JobRooms.ofSandbox(database.database(), folder())) {
            long warmUp = Math.round(perSecond * 4);
            long count = Math.round(perSecond * ROUND.toSeconds()) + warmUp;
            long begun = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                long planned = begun + Math.round(i * 1e9 / perSecond);
                for (long wait = planned - System.nanoTime(); wait > 0; wait = planned - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                boolean counts = i >= warmUp;
                threads.add(Thread.ofVirtual().start(() -> {
                    submit(rooms);
                    if (counts) {
                        nanos.recordValue(System.nanoTime() - planned);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            awaitDone(rooms, count);
        }
        return nanos;
    }

    private static void submit(JobRooms rooms) {
        rooms.take(rooms.principal, Json.object().put("noop", true).put("latency_ms", 0));
    }

    private static void awaitDone(JobRooms rooms, long count) {
        while (done(rooms) < count) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static long done(JobRooms rooms) {
        return rooms.database.read(tx -> tx.count("select coalesce(sum(requests), 0) from usage_days"));
    }

    private static TestDatabase open(int batch) {
        return TestDatabase.sqlite(
                s -> new DatabaseSettings(s.url(), s.user(), s.password(), s.lanes(), s.readers(), batch, s.queue()));
    }

    private static Path folder() throws Exception {
        return Files.createTempDirectory("millrace-bench");
    }
}
