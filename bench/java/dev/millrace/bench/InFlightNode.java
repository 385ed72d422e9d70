package dev.millrace.bench;

import dev.millrace.db.Database;
import dev.millrace.db.DatabaseSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own that takes jobs and has them run on an upstream that never ends them. Says four times a second what
 * it has: {@code known <jobs> heap <MB after the last collection> rss <MB>}.
 */
final class InFlightNode {
    private static final int SUBMITTERS = 64;
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);
    private static final long MB = 1024 * 1024;

    private InFlightNode() {}

    /** Arguments: the database's URL, a folder, and how many jobs to take. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        int jobs = Integer.parseInt(args[2]);
        Database database = Database.open(
                DatabaseSettings.DEFAULTS.withUrl(args[0]),
                InstantSource.system(),
                new SecureRandom(),
                new SimpleMeterRegistry());
        SlowUpstream upstream =
                new SlowUpstream(folder.resolve("submissions"), Duration.ofSeconds(-1), ASK_AGAIN, call -> {});
        JobRooms rooms = new JobRooms(database, folder, upstream, upstream, 1_000_000, 1_000_000_000);
        rooms.jobs.start();
        System.out.println("started");
        take(rooms, jobs);
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(250, TimeUnit.MILLISECONDS)) {
            System.out.println("known " + upstream.known() + " heap " + heap() + " rss " + rss());
        }
    }

    private static void take(JobRooms rooms, int jobs) {
        AtomicInteger left = new AtomicInteger(jobs);
        for (int i = 0; i < SUBMITTERS; i++) {
            Thread.ofVirtual().start(() -> {
                while (left.getAndDecrement() > 0) {
                    rooms.take(rooms.principal, null);
                }
            });
        }
    }

    private static long heap() {
        return java.lang.management.ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                        .filter(pool -> pool.getCollectionUsage() != null)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                / MB;
    }

    private static long rss() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
