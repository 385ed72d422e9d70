package dev.millrace.bench;

import dev.millrace.db.SqlDialect;
import dev.millrace.id.JobId;
import dev.millrace.testkit.TestDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The rates of submitting a job and of asking for its status on an empty database, and on the same one with five million
 * finished jobs in it, a tenth of them of the organization that asks. The jobs are filled in by SQL with all that they leave behind: history,
 * output, asset, hold, transfers and usage row.
 */
final class FlatBench implements Benchmark {
    private static final long FINISHED = Long.getLong("millrace.bench.finished", 5_000_000);
    private static final int ROUNDS = 3;
    private static final int ASKED_FOR = 2_000;
    private static final Duration ROUND = Duration.ofSeconds(4);

    /** Times a second, on one filling of the database. */
    private record Pair(double submits, double statuses) {
        Pair plus(Pair other) {
            return new Pair(submits + other.submits, statuses + other.statuses);
        }
    }

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : SqlDialect.values()) {
            try (TestDatabase database = TestDatabase.open(dialect);
                    JobRooms rooms = JobRooms.idle(database.database(), Files.createTempDirectory("millrace-bench"))) {
                measured(out, dialect, "warming up", rooms);
                Pair empty = measured(out, dialect, "empty", rooms);
                long begun = System.nanoTime();
                Filling.fill(database.database(), rooms.principal, FINISHED);
                out.printf(
                        "%-10s %,d finished jobs filled in within %.0f s%n",
                        dialect, FINISHED, (System.nanoTime() - begun) / 1e9);
                measured(out, dialect, "warming up", rooms);
                Pair full = measured(out, dialect, "full", rooms);
                out.printf(
                        "%-10s full against empty: submits %.0f %%, statuses %.0f %%%n",
                        dialect, 100 * full.submits / empty.submits, 100 * full.statuses / empty.statuses);
            }
        }
    }

    private static Pair measured(PrintStream out, SqlDialect dialect, String what, JobRooms rooms)
            throws InterruptedException {
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < ASKED_FOR; i++) {
            jobs.add(rooms.take(rooms.principal, null));
        }
        Pair sum = new Pair(0, 0);
        for (int round = 1; round <= ROUNDS; round++) {
            double submits = Rates.most(() -> rooms.take(rooms.principal, null), ROUND);
            double statuses = Rates.most(
                    () -> {
                        JobId job = jobs.get(ThreadLocalRandom.current().nextInt(ASKED_FOR));
                        if (rooms.jobs.find(rooms.principal.organization(), job).isEmpty()) {
                            throw new IllegalStateException("a job is gone");
                        }
                    },
                    ROUND);
            out.printf("%-10s %-10s %,7.0f submits/s %,8.0f statuses/s%n", dialect, what, submits, statuses);
            sum = sum.plus(new Pair(submits, statuses));
        }
        return sum;
    }
}
