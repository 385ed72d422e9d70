package dev.millrace.db;

import org.jspecify.annotations.Nullable;

/** Runs reads, each on one consistent snapshot. */
interface Readers extends AutoCloseable {
    <R extends @Nullable Object> R read(TxWork<R> work);

    @Override
    void close();
}
