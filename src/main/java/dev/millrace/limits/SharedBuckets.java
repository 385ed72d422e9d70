package dev.millrace.limits;

import java.util.List;

/**
 * Buckets that all nodes share while the Redis answers. While it does not, this node's own are drawn from, or nothing is let in. Its own
 * count along all the time, so that they are not full when they are needed.
 */
final class SharedBuckets implements Buckets {
    private final RedisBuckets shared;
    private final LocalBuckets local;
    private final Alone alone;

    SharedBuckets(RedisBuckets shared, LocalBuckets local, Alone alone) {
        this.shared = shared;
        this.local = local;
        this.alone = alone;
    }

    @Override
    public Drawn take(List<Draw> draws) {
        Drawn drawn;
        try {
            drawn = shared.take(draws);
        } catch (RedisAwayException away) {
            alone.permit();
            return local.take(draws);
        }
        if (drawn.taken()) {
            local.note(draws);
        }
        return drawn;
    }

    @Override
    public void settle(List<Draw> taken, long used) {
        shared.settle(taken, used);
        local.settle(taken, used);
    }

    @Override
    public List<Level> look(List<Draw> draws) {
        try {
            return shared.take(draws.stream()
                            .map(draw -> new Draw(draw.name(), draw.quota(), 0))
                            .toList())
                    .levels();
        } catch (RedisAwayException away) {
            return local.look(draws);
        }
    }
}
