package dev.millrace.limits;

import dev.millrace.limits.Seats.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rows of seats that all nodes share. A seat is leased and its lease renewed while it is taken; those of a node that died are free when
 * theirs run out. What the Redis forgot, or never heard of while it was down, it is told with the next renewal.
 */
final class RedisSeats implements AutoCloseable {
    private static final RedisScript TAKE = RedisScript.named("seats-take");
    private static final RedisScript KEEP = RedisScript.named("seats-keep");
    private static final RedisScript LEAVE = RedisScript.named("seats-leave");
    private static final RedisScript COUNT = RedisScript.named("seats-count");
    private static final long MICROS_OF_A_MILLI = 1_000;
    private static final int RENEWALS_IN_A_LEASE = 3;

    private final RedisLink link;
    private final String node;
    private final String lease;
    private final Map<Long, List<String>> held = new ConcurrentHashMap<>();
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("limits-seats").factory());

    /**
     * @param node names this start of this node
     * @param lease how long a seat of a node that died stays taken
     */
    RedisSeats(RedisLink link, String node, Duration lease) {
        this.link = link;
        this.node = node;
        this.lease = Long.toString(lease.toMillis() * MICROS_OF_A_MILLI);
        long pause = lease.toMillis() / RENEWALS_IN_A_LEASE;
        var unused = keeper.scheduleWithFixedDelay(this::keep, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Takes a seat in all rows, or in none; answers the row that is full, or null. */
    @Nullable
    Row take(List<Row> rows, long seat) throws RedisAwayException {
        List<String> args = new ArrayList<>(List.of(lease, name(seat)));
        rows.forEach(row -> args.add(Long.toString(row.seats())));
        int full = link.run(TAKE, keys(rows), args).getFirst().intValue();
        if (full == 0) {
            hold(rows, seat);
            return null;
        }
        return rows.get(full - 1);
    }

    /** Has a seat that was granted without the Redis told to it when it is back. */
    void hold(List<Row> rows, long seat) {
        held.put(seat, keys(rows));
    }

    void leave(long seat) {
        List<String> rows = held.remove(seat);
        if (rows != null) {
            link.tell(LEAVE, rows, List.of(name(seat)));
        }
    }

    /** How many seats of a row are taken on all nodes. */
    long taken(String name) throws RedisAwayException {
        return link.run(COUNT, List.of(key(name)), List.of()).getFirst();
    }

    private void keep() {
        if (link.up()) {
            // Within the map's lock, so that a seat that is left at this moment is left behind its renewal.
            held.keySet()
                    .forEach(seat -> held.computeIfPresent(seat, (same, rows) -> {
                        link.tell(KEEP, rows, List.of(lease, name(same)));
                        return rows;
                    }));
        }
    }

    private String name(long seat) {
        return node + "-" + seat;
    }

    private static List<String> keys(List<Row> rows) {
        return rows.stream().map(row -> key(row.name())).toList();
    }

    private static String key(String row) {
        return "millrace:live:" + row;
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        held.keySet().forEach(this::leave);
    }
}
