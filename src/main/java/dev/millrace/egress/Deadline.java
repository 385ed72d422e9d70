package dev.millrace.egress;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The end of one exchange's time: closes its socket then, whatever waits on it. */
final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final long end;
    private final Future<?> alarm;
    private @Nullable Closeable socket;
    private volatile boolean over;

    Deadline(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
        this.alarm = TIMER.schedule(this::ring, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean over() {
        return over;
    }

    /** How long is left, at least a millisecond: zero would mean for ever to a socket. */
    int millisLeft() {
        return Math.clamp((end - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    /** Closes this when the time is over, at once when it is already. */
    synchronized void guard(Closeable closeable) {
        socket = closeable;
        if (over) {
            ring();
        }
    }

    private synchronized void ring() {
        over = true;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException closing) {
                // it is of no use any more either way
            }
        }
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("egress-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
