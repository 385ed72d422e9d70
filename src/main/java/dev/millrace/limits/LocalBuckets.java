package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Buckets in this node's memory, each of which has this node's equal part of the quota. */
final class LocalBuckets implements Buckets {
    private static final int METERS_MAX = 300_000;

    private final IntSupplier nodes;
    private final LongSupplier nanoTime;
    private final Cache<String, Meter> meters;

    /** @param nodes how many nodes divide each limit among them */
    LocalBuckets(IntSupplier nodes, LongSupplier nanoTime) {
        this.nodes = nodes;
        this.nanoTime = nanoTime;
        // What nobody touched for two windows is full, which is what a forgotten bucket is, whatever it owed.
        this.meters = Caffeine.newBuilder()
                .maximumSize(METERS_MAX)
                .expireAfterAccess(Meter.WINDOW.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    @Override
    public Drawn take(List<Draw> draws) {
        long now = nanoTime.getAsLong();
        List<Meter> meters = draws.stream().map(this::meter).toList();
        List<Level> levels = new ArrayList<>(draws.size());
        for (int i = 0; i < draws.size(); i++) {
            Meter meter = meters.get(i);
            long left = meter.take(wanted(meter, draws.get(i)), now);
            if (left < 0) {
                settle(draws.subList(0, i), 0);
                return new Drawn(false, refused(draws, meters, now));
            }
            levels.add(new Level(meter.quota, left, 0));
        }
        return new Drawn(true, levels);
    }

    /** Whoever is refused by one comes back to all of them, at the moment of the last. */
    private static List<Level> refused(List<Draw> draws, List<Meter> meters, long now) {
        List<Level> levels = new ArrayList<>(draws.size());
        long last = 1;
        for (int i = 0; i < draws.size(); i++) {
            Meter meter = meters.get(i);
            long wait = meter.nanosToWait(wanted(meter, draws.get(i)), now);
            levels.add(new Level(meter.quota, meter.remaining(), wait));
            last = Math.max(last, wait);
        }
        if (IntStream.range(0, draws.size())
                .allMatch(i -> meters.get(i).hasPlace(wanted(meters.get(i), draws.get(i)), now))) {
            long moment = now + WholeSeconds.up(Duration.ofNanos(last)).toNanos();
            for (int i = 0; i < draws.size(); i++) {
                meters.get(i).expect(moment, wanted(meters.get(i), draws.get(i)));
            }
        }
        return levels;
    }

    /** Counts what was granted elsewhere, so that this node's part is the smaller for it when it has to do alone. */
    void note(List<Draw> draws) {
        for (Draw draw : draws) {
            Meter meter = meter(draw);
            meter.takeWhatThereIs(wanted(meter, draw));
        }
    }

    @Override
    public void settle(List<Draw> taken, long used) {
        for (Draw draw : taken) {
            Meter meter = meter(draw);
            meter.adjust(wanted(meter, draw) - used);
        }
    }

    @Override
    public List<Level> look(List<Draw> draws) {
        return draws.stream()
                .map(this::meter)
                .map(meter -> new Level(meter.quota, meter.remaining(), 0))
                .toList();
    }

    private static long wanted(Meter meter, Draw draw) {
        return Math.min(draw.tokens(), meter.quota);
    }

    private Meter meter(Draw draw) {
        long part = Math.max(1, draw.quota() / Math.max(1, nodes.getAsInt()));
        return meters.asMap()
                .compute(
                        draw.name(),
                        (name, known) -> known == null || known.quota != part ? new Meter(part, nanoTime) : known);
    }
}
