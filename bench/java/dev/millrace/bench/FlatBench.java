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
 * The rates of submitting a job and of asking for its status on a database that was empty, and on another with five million
 * finished jobs in it, a tenth of them of the organization that asks. The jobs are filled in by SQL with all that they leave behind: history,
 * output, asset, hold, transfers and usage row. The rounds of the two take turns, so that what else the machine does meets both.
 */
final class FlatBench implements Benchmark {
    private static final long FINISHED = Long.getLong("millrace.bench.finished", 5_000_000);
    private static final int ROUNDS = Integer.getInteger("millrace.bench.rounds", 7);
    private static final int ASKED_FOR = 2_000;
    private static final Duration ROUND = Duration.ofSeconds(3);

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (Side empty = new Side(dialect);
                    Side full = new Side(dialect)) {
                full.fill(out);
                empty.warmUp();
                full.warmUp();
                for (int round = 1; round <= ROUNDS; round++) {
                    empty.measure(out, dialect + " empty");
                    full.measure(out, dialect + " full");
                }
                print(out, dialect, "submits", empty.submits, full.submits);
                print(out, dialect, "statuses", empty.statuses, full.statuses);
            }
        }
    }

    private static void print(PrintStream out, SqlDialect dialect, String what, List<Double> empty, List<Double> full) {
        out.printf(
                "%-10s %-8s a second, medians of %d rounds: empty %,.0f, full %,.0f: %.0f %%%n",
                dialect,
                what,
                ROUNDS,
                Rates.median(empty),
                Rates.median(full),
                100 * Rates.median(full) / Rates.median(empty));
    }

    /** One of the two databases, and what was measured on it. */
    private static final class Side implements AutoCloseable {
        private final TestDatabase database;
        private final JobRooms rooms;
        private final List<JobId> jobs = new ArrayList<>();
        private final List<Double> submits = new ArrayList<>();
        private final List<Double> statuses = new ArrayList<>();

        Side(SqlDialect dialect) throws Exception {
            this.database = TestDatabase.open(dialect);
            this.rooms = JobRooms.idle(database.database(), Files.createTempDirectory("millrace-bench"));
        }

        void fill(PrintStream out) throws Exception {
            long begun = System.nanoTime();
            Filling.fill(database, rooms.principal, FINISHED);
            out.printf(
                    "%-10s %,d finished jobs filled in within %.0f s%n",
                    database.dialect(), FINISHED, (System.nanoTime() - begun) / 1e9);
        }

        void warmUp() throws InterruptedException {
            for (int i = 0; i < ASKED_FOR; i++) {
                jobs.add(rooms.take(rooms.principal, null));
            }
            Rates.most(this::submit, ROUND);
            Rates.most(this::ask, ROUND);
        }

        void measure(PrintStream out, String what) throws InterruptedException {
            submits.add(Rates.most(this::submit, ROUND));
            statuses.add(Rates.most(this::ask, ROUND));
            out.printf("%-16s %,7.0f submits/s %,8.0f statuses/s%n", what, submits.getLast(), statuses.getLast());
        }

        private void submit() {
            rooms.take(rooms.principal, null);
        }

        private void ask() {
            JobId job = jobs.get(ThreadLocalRandom.current().nextInt(ASKED_FOR));
            if (rooms.jobs.find(rooms.principal.organization(), job).isEmpty()) {
                throw new IllegalStateException("a job is gone");
            }
        }

        @Override
        public void close() {
            rooms.close();
            database.close();
        }
    }
}
