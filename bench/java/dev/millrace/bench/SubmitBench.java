package dev.millrace.bench;

import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.TestDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Jobs accepted durably and not run: admitted, quoted, held, written, queued, one commit for as many as wait for it. First as many as go,
 * then at half of what is promised, for the time that one takes.
 */
final class SubmitBench implements Benchmark {
    /** What Millrace promises on two cores. */
    private static final double PROMISED = 2_000;

    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(5);

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (TestDatabase database = TestDatabase.open(dialect);
                    JobRooms rooms = JobRooms.idle(database.database(), Files.createTempDirectory("millrace-bench"))) {
                Rates.most(() -> rooms.take(rooms.principal, null), ROUND); // warms the code up
                for (int round = 1; round <= ROUNDS; round++) {
                    double rate = Rates.most(() -> rooms.take(rooms.principal, null), ROUND);
                    out.printf("%-10s round %d: %,7.0f submits/s%n", dialect, round, rate);
                }
                Histogram nanos = Rates.paced(() -> rooms.take(rooms.principal, null), PROMISED / 2, ROUND);
                Rates.print(out, "%-10s at %,.0f submits/s".formatted(dialect, PROMISED / 2), nanos);
            }
        }
    }
}
