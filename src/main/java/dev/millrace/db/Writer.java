package dev.millrace.db;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The one door for writes. Units of work queue in lanes; a lane takes whatever has queued, runs it in order in one
 * transaction, commits once (group commit), and then completes the callers. A lone unit waits for no batch.
 *
 * <p>Units with the same lane text run one after the other, in the order in which they were submitted. SQLite has one
 * lane; PostgreSQL has several, chosen by the hash of the text, so that a wallet that many callers charge at once costs
 * one row lock for a batch and not one for each of them. Use the organization's id where a unit belongs to one.
 *
 * <p>A unit that throws is undone alone; its neighbours in the batch stand. When the database is away or the lane is
 * full, a unit ends with a {@link dev.millrace.problem.ProblemException} ({@code UNAVAILABLE}, with a time to retry
 * after) and has done nothing; when a COMMIT went unanswered it ends with a {@link CommitUnknownException}.
 */
public final class Writer {
    private final List<Lane> lanes;

    Writer(List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    /** Runs the work and blocks until it is durable; what the work throws comes out as it is. Interrupts do not end it. */
    public <R extends @Nullable Object> R write(String lane, TxWork<R> work) {
        try {
            return submit(lane, work).join();
        } catch (CompletionException e) {
            throw Failures.unwrapped(e);
        }
    }

    /** Queues the work; the future completes once it is durable, or with what the work threw. */
    public <R extends @Nullable Object> CompletableFuture<R> submit(String lane, TxWork<R> work) {
        if (lanes.isEmpty()) {
            throw new IllegalStateException("bug: the database was opened for reading alone");
        }
        Unit<R> unit = new Unit<>(work);
        lanes.get(Math.floorMod(lane.hashCode(), lanes.size())).add(unit);
        return unit.done();
    }
}
