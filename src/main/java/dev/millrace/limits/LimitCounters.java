package dev.millrace.limits;

import dev.millrace.config.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What counts requests, tokens and live requests on a node: by itself, or in a Redis for all nodes. */
public final class LimitCounters implements AutoCloseable {
    /** How long the live requests of a node that died count. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final RequestRate rate;
    private final LivePermits permits;
    private final @Nullable RedisLink link;
    private final @Nullable RedisSeats seats;

    private LimitCounters(RequestRate rate, LivePermits permits, @Nullable RedisLink link, @Nullable RedisSeats seats) {
        this.rate = rate;
        this.permits = permits;
        this.link = link;
        this.seats = seats;
    }

    /**
     * Makes what the settings ask for; nothing is connected before {@link #start}.
     *
     * @param nodes how many nodes divide what none counts for all
     * @param nanoTime a clock that never goes back
     * @param node names this start of this node
     */
    public static LimitCounters open(
            LimitSettings settings,
            LimitBook book,
            IntSupplier nodes,
            LongSupplier nanoTime,
            String node,
            MeterRegistry metrics) {
        LocalBuckets local = new LocalBuckets(nodes, nanoTime);
        Secret url = settings.redisUrl();
        if (url == null) {
            return new LimitCounters(
                    new RequestRate(settings, book, local),
                    new LivePermits(settings, book, nodes, nanoTime),
                    null,
                    null);
        }
        RedisLink link = new RedisLink(url.reveal(), settings.redisTimeout(), metrics);
        Alone alone = new Alone(settings.whenDown(), metrics);
        RedisSeats seats = new RedisSeats(link, node, LEASE);
        Buckets buckets = new SharedBuckets(new RedisBuckets(link, null), local, alone);
        return new LimitCounters(
                new RequestRate(settings, book, buckets),
                new LivePermits(settings, book, nodes, nanoTime, new LivePermits.Shared(seats, alone)),
                link,
                seats);
    }

    /** Connects to the Redis, if there is one. */
    public void start() {
        if (link != null) {
            link.start();
        }
    }

    public RequestRate rate() {
        return rate;
    }

    public LivePermits permits() {
        return permits;
    }

    /** Gives the live requests of this node back, and hangs up. */
    @Override
    public void close() {
        if (seats != null) {
            seats.close();
        }
        if (link != null) {
            link.close();
        }
    }
}
