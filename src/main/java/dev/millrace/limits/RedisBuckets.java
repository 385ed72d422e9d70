package dev.millrace.limits;

import dev.millrace.limits.Buckets.Draw;
import dev.millrace.limits.Buckets.Drawn;
import dev.millrace.limits.Buckets.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Buckets that all nodes share: each step is one script, so that of several buckets all are taken or none, and by one clock, the Redis's. */
final class RedisBuckets {
    private static final RedisScript TAKE = RedisScript.named("buckets-take");
    private static final RedisScript SETTLE = RedisScript.named("buckets-settle");
    private static final long NANOS_OF_A_MICRO = 1_000;
    private static final String WINDOW = Long.toString(Meter.WINDOW.toNanos() / NANOS_OF_A_MICRO);

    private final RedisLink link;
    private final @Nullable LongSupplier micros;

    /** @param micros a clock in the place of the Redis's, for tests */
    RedisBuckets(RedisLink link, @Nullable LongSupplier micros) {
        this.link = link;
        this.micros = micros;
    }

    Drawn take(List<Draw> draws) throws RedisAwayException {
        List<String> args = new ArrayList<>(List.of(WINDOW, now()));
        for (Draw draw : draws) {
            args.add(Long.toString(draw.quota()));
            args.add(Long.toString(draw.tokens()));
        }
        List<Long> answer = link.run(TAKE, keys(draws), args);
        List<Level> levels = new ArrayList<>(draws.size());
        for (int i = 0; i < draws.size(); i++) {
            long quota = draws.get(i).quota();
            levels.add(new Level(quota, answer.get(1 + 2 * i), answer.get(2 + 2 * i) * NANOS_OF_A_MICRO));
        }
        return new Drawn(answer.getFirst() == 1, levels);
    }

    /** Without waiting for it: what is lost when the Redis is down is that some quota fills up as if more had been used. */
    void settle(List<Draw> taken, long used) {
        List<String> args = new ArrayList<>(List.of(WINDOW, now(), Long.toString(used)));
        for (Draw draw : taken) {
            args.add(Long.toString(draw.quota()));
            args.add(Long.toString(draw.tokens()));
        }
        link.tell(SETTLE, keys(taken), args);
    }

    private static List<String> keys(List<Draw> draws) {
        return draws.stream().map(draw -> "millrace:rate:" + draw.name()).toList();
    }

    private String now() {
        return micros == null ? "" : Long.toString(micros.getAsLong());
    }
}
