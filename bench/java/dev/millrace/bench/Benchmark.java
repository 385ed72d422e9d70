package dev.millrace.bench;

import java.io.PrintStream;

/** One measurement that prints its figures, with ratios taken in the same run, and stops by itself. */
public interface Benchmark {
    void run(PrintStream out) throws Exception;
}
