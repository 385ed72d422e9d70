package dev.millrace.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Has one thing done by many at once: as often as goes, or at a fixed rate. */
final class Rates {
    private static final int CALLERS = 64;

    private Rates() {}

    /** How often it is done in a second when 64 callers do it again and again. */
    static double most(Runnable thing, Duration length) throws InterruptedException {
        long begun = System.nanoTime();
        AtomicLong done = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() - begun < length.toNanos()) {
                    thing.run();
                    done.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return done.get() * 1e9 / (System.nanoTime() - begun);
    }

    /** The nanoseconds that each took, from its planned moment on: a late start counts as waiting. */
    static Histogram paced(Runnable thing, double perSecond, Duration length) throws InterruptedException {
        Histogram nanos = new ConcurrentHistogram(3);
        long count = Math.round(perSecond * length.toMillis() / 1000);
        long begun = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long planned = begun + Math.round(i * 1e9 / perSecond);
            for (long wait = planned - System.nanoTime(); wait > 0; wait = planned - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            threads.add(Thread.ofVirtual().start(() -> {
                thing.run();
                nanos.recordValue(System.nanoTime() - planned);
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return nanos;
    }

    static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }

    static void print(PrintStream out, String what, Histogram nanos) {
        out.printf(
                "%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms of %,d%n",
                what,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6,
                nanos.getTotalCount());
    }
}
