package dev.millrace.db;

/** Makes a value of one row; the row is only valid during the call. */
@FunctionalInterface
public interface RowReader<R> {
    R read(Row row);
}
