package dev.millrace.bench;

import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.db.DatabaseSettings;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.JobId;
import dev.millrace.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * One organization has a hundred thousand jobs in the queue and fills the half of the node's places that one may have, as it is
 * set at first; ten others submit one job now and then. The delay is from submitting to the upstream having it, with the queue and without it.
 */
final class FairnessBench implements Benchmark {
    private static final int BACKLOG = Integer.getInteger("millrace.bench.backlog", 100_000);
    private static final int RUNNING = 100;
    private static final int SMALL = 10;
    private static final Duration JOB = Duration.ofMillis(500);
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int ASKS = 300;
    private static final int SUBMITTERS = 64;

    private final ConcurrentHashMap<String, Long> begun = new ConcurrentHashMap<>();

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (TestDatabase made = TestDatabase.open(dialect)) {
                made.database().close();
                try (Database database = Database.open(
                        DatabaseSettings.DEFAULTS.withUrl(made.settings().url()),
                        InstantSource.system(),
                        new SecureRandom(),
                        new SimpleMeterRegistry())) {
                    measure(out, dialect, database);
                }
            }
        }
    }

    private void measure(PrintStream out, SqlDialect dialect, Database database) throws Exception {
        Path folder = Files.createTempDirectory("millrace-fair");
        SlowUpstream upstream = new SlowUpstream(
                folder.resolve("submissions"),
                JOB,
                JOB,
                call -> begun.put(call.job().text(), System.nanoTime()));
        try (JobRooms rooms = new JobRooms(database, folder, upstream, upstream, RUNNING, RUNNING / 2)) {
            List<Principal> small = new ArrayList<>();
            for (int i = 0; i < SMALL; i++) {
                small.add(rooms.another());
            }
            rooms.jobs.start();
            delays(rooms, small, ASKS / 3); // warms the code up
            Histogram idle = delays(rooms, small, ASKS);
            Thread filling = Thread.ofVirtual().start(() -> fill(rooms));
            filling.join();
            Histogram busy = delays(rooms, small, ASKS);
            long queued = database.<Long>read(tx -> tx.count("select count(*) from due_work where owner is null"));
            print(out, dialect, "idle", idle);
            print(out, dialect, "%,d queued".formatted(queued), busy);
            out.printf(
                    "%-10s ratio: mean %.2f, p50 %.2f, p99 %.2f%n",
                    dialect,
                    busy.getMean() / idle.getMean(),
                    busy.getValueAtPercentile(50) * 1.0 / idle.getValueAtPercentile(50),
                    busy.getValueAtPercentile(99) * 1.0 / idle.getValueAtPercentile(99));
        }
    }

    private static void print(PrintStream out, SqlDialect dialect, String load, Histogram delays) {
        out.printf(
                "%-10s %-16s start delay: mean %.2f ms, p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                dialect,
                load,
                delays.getMean() / 1e6,
                delays.getValueAtPercentile(50) / 1e6,
                delays.getValueAtPercentile(99) / 1e6,
                delays.getMaxValue() / 1e6);
    }

    private static void fill(JobRooms rooms) {
        AtomicInteger left = new AtomicInteger(BACKLOG);
        Semaphore done = new Semaphore(0);
        for (int i = 0; i < SUBMITTERS; i++) {
            Thread.ofVirtual().start(() -> {
                while (left.getAndDecrement() > 0) {
                    rooms.take(rooms.principal, null);
                }
                done.release();
            });
        }
        done.acquireUninterruptibly(SUBMITTERS);
    }

    private Histogram delays(JobRooms rooms, List<Principal> small, int asks) {
        Histogram delays = new ConcurrentHistogram(3);
        for (int i = 0; i < asks; i++) {
            long asked = System.nanoTime();
            JobId job = rooms.take(small.get(i % SMALL), null);
            while (!begun.containsKey(job.text())) {
                LockSupport.parkNanos(50_000);
            }
            delays.recordValue(begun.get(job.text()) - asked);
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return delays;
    }
}
