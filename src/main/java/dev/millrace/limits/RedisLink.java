package dev.millrace.limits;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the Redis that counts for all nodes. No call waits longer than was set; the first that did marks it as down, and from
 * then on calls fail at once, until it takes a write again, for which a thread of its own looks.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_RETURN_EVERY = Duration.ofMillis(250);
    private static final int MISSES_BEFORE_A_NEW_CONNECTION = 3;
    private static final int CALLS_AT_ONCE = 20_000;
    private static final int THREADS = 2;
    private static final String PROBE = "millrace:probe";

    private final Duration timeout;
    private final ClientResources resources;
    private final RedisClient client;
    private final Counter failures;
    private final BlockingQueue<Boolean> nudges = new ArrayBlockingQueue<>(1);
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile boolean up;
    private volatile boolean closed;
    private int misses;

    /** @param url as the settings have it; never logged, for it may hold a password */
    RedisLink(String url, Duration timeout, MeterRegistry metrics) {
        this.timeout = timeout;
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(CONNECT);
        this.client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(CALLS_AT_ONCE)
                .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).build())
                .build());
        this.failures = metrics.counter("millrace.limits.redis.failures");
        Gauge.builder("millrace.limits.redis.up", () -> up ? 1 : 0).register(metrics);
    }

    /** Connects, and watches from then on. Where nothing is there it is down, which is no failure of the start. */
    void start() {
        probe();
        if (!up) {
            LOG.warn(
                    "the Redis that counts limits does not answer: each node does by itself what limits.when_down says");
        }
        Thread.ofVirtual().name("limits-redis").start(this::watch);
    }

    /** Whether it answered last. */
    boolean up() {
        return up;
    }

    /**
     * Runs a script and waits for its answer.
     *
     * @throws RedisAwayException when it is down, or does not answer in time
     */
    List<Long> run(RedisScript script, List<String> keys, List<String> args) throws RedisAwayException {
        RedisAsyncCommands<String, String> commands = commands();
        try {
            return numbers(answer(script, commands, keys, args));
        } catch (RedisAwayException away) {
            if (!Thread.currentThread().isInterrupted()) {
                down(String.valueOf(away.getMessage()));
            }
            throw away;
        }
    }

    private List<Object> answer(
            RedisScript script, RedisAsyncCommands<String, String> commands, List<String> keys, List<String> args)
            throws RedisAwayException {
        try {
            return within(known(script, commands, keys, args));
        } catch (RedisNoScriptException notYet) {
            return within(whole(script, commands, keys, args));
        }
    }

    private static List<Long> numbers(List<Object> answer) {
        return answer.stream().map(Long.class::cast).toList();
    }

    private static RedisFuture<List<Object>> known(
            RedisScript script, RedisAsyncCommands<String, String> commands, List<String> keys, List<String> args) {
        return commands.evalsha(
                script.digest(), ScriptOutputType.MULTI, keys.toArray(String[]::new), args.toArray(String[]::new));
    }

    private static RedisFuture<List<Object>> whole(
            RedisScript script, RedisAsyncCommands<String, String> commands, List<String> keys, List<String> args) {
        return commands.eval(
                script.text(), ScriptOutputType.MULTI, keys.toArray(String[]::new), args.toArray(String[]::new));
    }

    /** Runs a script without waiting for it; lost when it is down. */
    void tell(RedisScript script, List<String> keys, List<String> args) {
        try {
            RedisAsyncCommands<String, String> commands = commands();
            CompletionStage<List<Object>> told = known(script, commands, keys, args)
                    .exceptionallyCompose(failure -> unknown(failure)
                            ? whole(script, commands, keys, args)
                            : CompletableFuture.failedStage(failure));
            var unused = told.exceptionally(failure -> {
                down(failure.getClass().getSimpleName());
                return List.of();
            });
        } catch (RedisAwayException | RedisException lost) {
            LOG.debug("the Redis was not told: {}", lost.toString());
        }
    }

    private static boolean unknown(Throwable failure) {
        return failure instanceof RedisNoScriptException || failure.getCause() instanceof RedisNoScriptException;
    }

    private RedisAsyncCommands<String, String> commands() throws RedisAwayException {
        StatefulRedisConnection<String, String> there = connection;
        if (!up || there == null) {
            throw new RedisAwayException("it is down");
        }
        return there.async();
    }

    private <T> T within(RedisFuture<T> answer) throws RedisAwayException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new RedisAwayException("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RedisNoScriptException notYet) {
                throw notYet;
            }
            throw new RedisAwayException(String.valueOf(failed.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisAwayException("interrupted");
        } catch (RedisException e) {
            throw new RedisAwayException(e.toString());
        }
    }

    private synchronized void down(String why) {
        if (up) {
            up = false;
            failures.increment();
            LOG.warn("the Redis that counts limits is down: {}", why);
            var unused = nudges.offer(true);
        }
    }

    private void watch() {
        try {
            while (!closed) {
                Duration pause = up ? LOOK_EVERY : LOOK_FOR_RETURN_EVERY;
                nudges.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
                if (!closed) {
                    probe();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it takes a write, by the connection there is or a new one. */
    private void probe() {
        try {
            StatefulRedisConnection<String, String> there = connection;
            if (there == null || !there.isOpen()) {
                drop();
                there = client.connect();
                connection = there;
            }
            within(there.async().set(PROBE, "1", SetArgs.Builder.px(CONNECT.toMillis())));
            misses = 0;
            if (!up) {
                up = true;
                LOG.info("the Redis that counts limits answers");
            }
        } catch (RedisAwayException | RuntimeException away) {
            down(String.valueOf(away.getMessage()));
            misses++;
            if (misses >= MISSES_BEFORE_A_NEW_CONNECTION) {
                drop();
            }
        }
    }

    /** It may be that nobody is at the other end any more, which only a new connection finds out. */
    private void drop() {
        StatefulRedisConnection<String, String> old = connection;
        connection = null;
        misses = 0;
        if (old != null) {
            var unused = old.closeAsync();
        }
    }

    @Override
    public void close() {
        closed = true;
        up = false;
        nudges.offer(true);
        var unused = client.shutdownAsync(0, 1, TimeUnit.SECONDS).whenComplete((done, failure) -> {
            var unusedToo = resources.shutdown(0, 1, TimeUnit.SECONDS);
        });
    }
}
