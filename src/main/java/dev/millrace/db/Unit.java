package dev.millrace.db;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One unit of work on its way through a lane: what it came to, kept back until the commit. */
final class Unit<R extends @Nullable Object> {
    private static final Logger LOG = LoggerFactory.getLogger(Unit.class);

    private final TxWork<R> work;
    private final CompletableFuture<R> done = new CompletableFuture<>();
    private Runnable completion = () -> {};
    private List<Runnable> signals = List.of();
    private boolean changed;

    Unit(TxWork<R> work) {
        this.work = work;
    }

    CompletableFuture<R> done() {
        return done;
    }

    /** Runs the work and keeps its result; whatever it throws is the caller's to handle. */
    void run(Tx tx) {
        R result = work.run(tx);
        tx.mustBeSound();
        completion = () -> done.complete(result);
        signals = tx.signals();
        changed = tx.changed();
    }

    /** Keeps what the work threw, its own changes being undone. */
    void failed(Throwable failure) {
        completion = () -> done.completeExceptionally(failure);
        signals = List.of();
        changed = false;
    }

    /** Whether this unit changed a row in the transaction that it last ran in. */
    boolean changed() {
        return changed;
    }

    /** Runs the signals, the unit being durable. */
    void signal() {
        for (Runnable signal : signals) {
            try {
                signal.run();
            } catch (RuntimeException e) {
                LOG.error("a signal after a commit failed", e);
            }
        }
    }

    /** Tells the caller what was kept. */
    void complete() {
        completion.run();
    }

    /** Tells the caller that its batch came to nothing. */
    void abandon(Throwable failure) {
        done.completeExceptionally(failure);
    }
}
