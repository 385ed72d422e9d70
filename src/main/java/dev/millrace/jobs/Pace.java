package dev.millrace.jobs;

import dev.millrace.db.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was learnt from real runs: how long jobs of each model take, and so how often to look and what to promise. Kept in
 * memory, written every few seconds, read again at the start.
 */
final class Pace {
    private static final Duration SOONEST = Duration.ofMillis(500);
    private static final Duration LATEST = Duration.ofSeconds(10);
    private static final int OFTEN = 12;
    private static final int MEDIAN = 50;
    private static final int NEARLY_ALL = 90;

    private final Database database;
    private final Map<String, Lengths> models = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Long>> unwritten = new HashMap<>();

    Pace(Database database) {
        this.database = database;
    }

    /** Reads what was learnt before. */
    void load() {
        database.read(PaceStore::all).forEach(row -> lengths(row.model()).add(row.length(), row.runs()));
    }

    /** Takes one completed run into account; never blocks on the database. */
    void learn(String model, Duration ran) {
        int length = Lengths.classOf(ran);
        lengths(model).add(length, 1);
        synchronized (unwritten) {
            unwritten.computeIfAbsent(model, same -> new HashMap<>()).merge(length, 1L, Long::sum);
        }
    }

    /** Writes what was learnt since the last time. */
    void flush() {
        Map<String, Map<Integer, Long>> learnt = new HashMap<>();
        synchronized (unwritten) {
            learnt.putAll(unwritten);
            unwritten.clear();
        }
        if (!learnt.isEmpty()) {
            database.writer().write("pace", tx -> {
                learnt.forEach((model, runs) -> PaceStore.add(tx, model, runs));
                return null;
            });
        }
    }

    /** How long half of the model's jobs take at most. */
    Optional<Duration> typical(String model) {
        return Optional.ofNullable(models.get(model)).flatMap(lengths -> lengths.percentile(MEDIAN));
    }

    /** How long nine in ten of the model's jobs take at most. */
    Optional<Duration> nearlyLongest(String model) {
        return Optional.ofNullable(models.get(model)).flatMap(lengths -> lengths.percentile(NEARLY_ALL));
    }

    /** How long a job that has run for so long is likely to need still. */
    Optional<Duration> left(String model, Duration ran) {
        return typical(model).map(median -> {
            Duration most = nearlyLongest(model).orElse(median);
            Duration left = (ran.compareTo(median) < 0 ? median : most).minus(ran);
            return left.isNegative() ? Duration.ZERO : left;
        });
    }

    /** When to look again at a job that has run for so long: seldom at first, often when it should be done. */
    Duration askAgainIn(String model, Duration ran) {
        Duration wait = left(model, ran).map(left -> left.dividedBy(2)).orElseGet(() -> ran.dividedBy(OFTEN));
        return wait.compareTo(SOONEST) < 0 ? SOONEST : wait.compareTo(LATEST) > 0 ? LATEST : wait;
    }

    private Lengths lengths(String model) {
        return models.computeIfAbsent(model, same -> new Lengths());
    }
}
