package dev.millrace.db;

import org.jspecify.annotations.Nullable;

/**
 * One unit of work: what is read and written together or not at all.
 *
 * <p>It may be run more than once (after a neighbour in its batch failed, after a deadlock), so it has no effect but
 * through its {@link Tx}, and it neither blocks nor calls out: a whole lane waits for it.
 */
@FunctionalInterface
public interface TxWork<R extends @Nullable Object> {
    /** Does the work; whatever it throws undoes the unit and reaches the caller as it is. */
    R run(Tx tx);
}
