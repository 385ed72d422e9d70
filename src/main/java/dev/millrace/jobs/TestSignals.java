package dev.millrace.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets a test act when a job reaches a checkpoint: wait, count, or kill. Inert unless something was hooked in.
 *
 * <p>The packaged program hooks in what the environment variable {@code MILLRACE_TEST_HALT_AT} says:
 * {@code CHECKPOINT} or {@code CHECKPOINT:n} halts the process, as a kill would, when that checkpoint is reached for the first or the n-th time.
 */
public final class TestSignals {
    private final Map<Checkpoint, Runnable> hooks = new ConcurrentHashMap<>();

    /** Hooks in what the variable's text says; null and blank hook in nothing. */
    public static TestSignals of(@Nullable String haltAt, Runnable halt) {
        TestSignals signals = new TestSignals();
        if (haltAt != null && !haltAt.isBlank()) {
            String[] parts = haltAt.strip().split(":", 2);
            AtomicInteger left = new AtomicInteger(parts.length == 2 ? Integer.parseInt(parts[1]) : 1);
            signals.on(Checkpoint.valueOf(parts[0]), () -> {
                if (left.decrementAndGet() == 0) {
                    halt.run();
                }
            });
        }
        return signals;
    }

    /** Runs the hook at every pass of the checkpoint, on the thread that passes. */
    public void on(Checkpoint checkpoint, Runnable hook) {
        hooks.put(checkpoint, hook);
    }

    void at(Checkpoint checkpoint) {
        if (!hooks.isEmpty()) {
            Runnable hook = hooks.get(checkpoint);
            if (hook != null) {
                hook.run();
            }
        }
    }
}
