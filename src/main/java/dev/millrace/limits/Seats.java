package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of seats on this node, and how long they are taken for, learnt from those that were left. Whoever finds a row full is told when a
 * seat should be free for him: each one a later seat than the one before.
 */
final class Seats {
    private static final Duration UNKNOWN = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int ROWS_MAX = 100_000;

    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Map<Long, Long>> taken = new ConcurrentHashMap<>();
    private final Cache<String, Times> times;

    Seats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.times = Caffeine.newBuilder()
                .maximumSize(ROWS_MAX)
                .expireAfterAccess(Duration.ofHours(1))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** @param seats how many it has */
    record Row(String name, long seats) {}

    /** Takes a seat in all rows, or in none. Empty-handed it answers the row that is full, else null. */
    @Nullable
    Row take(List<Row> rows, long seat) {
        for (int i = 0; i < rows.size(); i++) {
            if (!take(rows.get(i), seat)) {
                rows.subList(0, i).forEach(row -> remove(row, seat));
                return rows.get(i);
            }
        }
        return null;
    }

    private boolean take(Row row, long seat) {
        boolean[] got = new boolean[1];
        taken.compute(row.name(), (name, known) -> {
            Map<Long, Long> sitting = known == null ? new HashMap<>() : known;
            got[0] = sitting.size() < row.seats();
            if (got[0]) {
                sitting.put(seat, nanoTime.getAsLong());
            }
            return sitting.isEmpty() ? null : sitting;
        });
        return got[0];
    }

    /** Leaves a seat in all rows, and learns how long it was taken for. */
    void leave(List<Row> rows, long seat) {
        for (Row row : rows) {
            Long since = remove(row, seat);
            if (since != null) {
                times(row).learn(nanoTime.getAsLong() - since);
            }
        }
    }

    /** Gives a seat back that was not used. */
    void undo(List<Row> rows, long seat) {
        rows.forEach(row -> remove(row, seat));
    }

    private @Nullable Long remove(Row row, long seat) {
        @Nullable Long[] since = new Long[1];
        taken.computeIfPresent(row.name(), (name, sitting) -> {
            since[0] = sitting.remove(seat);
            return sitting.isEmpty() ? null : sitting;
        });
        return since[0];
    }

    /** How many seats of a row are taken on this node. */
    int taken(String name) {
        int[] count = new int[1];
        taken.computeIfPresent(name, (same, sitting) -> {
            count[0] = sitting.size();
            return sitting;
        });
        return count[0];
    }

    /** When a seat should be free, for one more than those who were told before and are not back yet. */
    Duration wait(Row row) {
        long[][] since = new long[1][0];
        taken.computeIfPresent(row.name(), (name, sitting) -> {
            since[0] = sitting.values().stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            return sitting;
        });
        Duration wait = Duration.ofNanos(times(row).wait(since[0], nanoTime.getAsLong()));
        return WholeSeconds.up(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private Times times(Row row) {
        return times.get(row.name(), name -> new Times());
    }

    /** How long seats of one row are taken for: a mean that forgets, and how far from it they are. */
    private static final class Times {
        private static final int MEMORY = 8;
        private static final int DEVIATIONS = 2;

        private final ArrayDeque<Long> told = new ArrayDeque<>();
        private long mean;
        private long deviation;

        synchronized void learn(long nanos) {
            if (mean == 0) {
                mean = nanos;
                return;
            }
            deviation += (Math.abs(nanos - mean) - deviation) / MEMORY;
            mean += (nanos - mean) / MEMORY;
        }

        /** @param since when those who sit began to, the first first */
        synchronized long wait(long[] since, long now) {
            while (!told.isEmpty() && told.peekFirst() - now <= 0) {
                told.removeFirst();
            }
            long usual = mean == 0 ? UNKNOWN.toNanos() : mean + DEVIATIONS * deviation;
            int before = told.size();
            long end = since.length == 0 ? now + usual : since[before % since.length] + usual;
            long rounds = since.length == 0 ? before : before / since.length;
            long moment = Math.max(end, now + 1) + rounds * usual;
            told.addLast(moment);
            return moment - now;
        }
    }
}
