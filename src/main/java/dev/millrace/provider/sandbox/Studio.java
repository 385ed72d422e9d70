package dev.millrace.provider.sandbox;

import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.UpstreamException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Where rendering happens: a few platform threads.
 *
 * <p>Callers are virtual threads, which share the cores without being preempted: seconds of rendering on one of them would
 * hold up everything else. The number of threads also bounds the memory that large pictures take.
 */
final class Studio implements AutoCloseable {
    private final ExecutorService threads;

    Studio(int size) {
        int chosen = size > 0 ? size : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.threads = Executors.newFixedThreadPool(
                chosen,
                Thread.ofPlatform()
                        .name("sandbox-studio-", 0)
                        .daemon()
                        .priority(Thread.MIN_PRIORITY + 1)
                        .factory());
    }

    /** Runs the work on a studio thread and waits for it. */
    <T> T render(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException closed) {
            throw down();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw down();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the studio failed", e.getCause());
        }
    }

    private static UpstreamException down() {
        return new UpstreamException(ProblemCode.UNAVAILABLE, "The sandbox is shutting down.", true, null);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
