package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.millrace.config.Secret;
import dev.millrace.id.KeyId;
import dev.millrace.limits.Buckets.Draw;
import dev.millrace.limits.Buckets.Drawn;
import dev.millrace.limits.Seats.Row;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.LocalRedis;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.WithRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Limits that several nodes count in one Redis, which dies, hangs and comes back. */
@WithRedis
class RedisLimitsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(50);
    /** Of this machine, which may be busy: what a call takes that is answered at once, or not waited for. */
    private static final Duration SLACK = Duration.ofMillis(200);

    private static LocalRedis redis;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final AtomicLong micros = new AtomicLong(1_800_000_000_000_000L);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final String name = "test-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    /** What a node counts with. */
    private final class Node implements AutoCloseable {
        private final RedisLink link;
        private final LocalBuckets local;
        private final SharedBuckets buckets;

        Node(String url, int nodes, WhenDown policy) {
            this(url, nodes, policy, Duration.ofSeconds(2));
        }

        Node(String url, int nodes, WhenDown policy, Duration timeout) {
            link = new RedisLink(url, timeout, metrics);
            local = new LocalBuckets(() -> nodes, () -> micros.get() * 1_000);
            buckets = new SharedBuckets(new RedisBuckets(link, micros::get), local, new Alone(policy, metrics));
            link.start();
        }

        boolean takes(long quota, long tokens) {
            return buckets.take(List.of(new Draw(name, quota, tokens))).taken();
        }

        int takes(long quota, int tries, long tokens) {
            int taken = 0;
            for (int i = 0; i < tries; i++) {
                taken += takes(quota, tokens) ? 1 : 0;
            }
            return taken;
        }

        @Override
        public void close() {
            link.close();
        }
    }

    @Test
    void complaint_07_three_nodes_together_grant_exactly_the_quota_whichever_they_are_asked() throws Exception {
        try (Node one = new Node(redis.url(), 3, WhenDown.REFUSE);
                Node two = new Node(redis.url(), 3, WhenDown.REFUSE);
                Node three = new Node(redis.url(), 3, WhenDown.REFUSE)) {
            List<Node> nodes = List.of(one, two, three);
            AtomicInteger granted = new AtomicInteger();
            for (int window = 1; window <= 3; window++) {
                try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int i = 0; i < 300; i++) {
                        Node node = nodes.get(i % 2 == 0 ? 0 : i % 3);
                        threads.execute(() -> granted.addAndGet(node.takes(100, 1) ? 1 : 0));
                    }
                }
                assertThat(granted.get()).isEqualTo(100 * window);
                micros.addAndGet(60_000_000);
            }
        }
    }

    @Test
    void of_several_buckets_all_are_taken_or_none() {
        try (Node node = new Node(redis.url(), 1, WhenDown.REFUSE)) {
            Draw wide = new Draw(name + "-wide", 10, 1);
            Draw narrow = new Draw(name + "-narrow", 3, 1);
            int taken = 0;
            Drawn last = null;
            for (int i = 0; i < 4; i++) {
                last = node.buckets.take(List.of(wide, narrow));
                taken += last.taken() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(3);
            assertThat(last.levels().get(0).remaining()).isEqualTo(7);
            assertThat(last.levels().get(0).nanosToWait()).isZero();
            assertThat(last.levels().get(1).nanosToWait()).isEqualTo(20_000_000_000L);
            last = node.buckets.take(List.of(wide, narrow));
            assertThat(last.levels().get(1).nanosToWait())
                    .as("behind the one before")
                    .isEqualTo(40_000_000_000L);
        }
    }

    @Test
    void a_client_that_obeys_never_sees_a_second_refusal_whichever_node_it_meets() {
        SplittableRandom random = Seeds.random("RedisLimitsTest");
        try (Node one = new Node(redis.url(), 2, WhenDown.REFUSE);
                Node two = new Node(redis.url(), 2, WhenDown.REFUSE)) {
            for (int run = 0; run < 200; run++) {
                long quota = random.nextLong(1, 1_000_000);
                Draw draw = new Draw(name + "-" + run, quota, random.nextLong(1, quota + quota / 2 + 2));
                for (int step = 0; step < 10; step++) {
                    Drawn drawn = (random.nextBoolean() ? one : two).buckets.take(List.of(draw));
                    assertThat(drawn.levels().getFirst().remaining()).isGreaterThanOrEqualTo(0);
                    if (!drawn.taken()) {
                        long nanos = drawn.levels().getFirst().nanosToWait();
                        micros.addAndGet(
                                WholeSeconds.up(Duration.ofNanos(nanos)).toSeconds() * 1_000_000);
                        assertThat((random.nextBoolean() ? one : two)
                                        .buckets
                                        .take(List.of(draw))
                                        .taken())
                                .as("%s after %d ns", draw, nanos)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void what_was_not_used_comes_back_and_what_more_was_used_is_owed() {
        try (Node node = new Node(redis.url(), 1, WhenDown.REFUSE)) {
            Draw draw = new Draw(name, 1000, 900);
            assertThat(node.buckets.take(List.of(draw)).taken()).isTrue();
            assertThat(level(node)).isEqualTo(100);
            node.buckets.settle(List.of(draw), 50);
            Await.until("what nobody waits for is done", () -> level(node) == 950);
            assertThat(node.buckets.take(List.of(draw)).taken()).isTrue();
            node.buckets.settle(List.of(draw), 1500);
            assertThat(level(node)).isEqualTo(-550);
            micros.addAndGet(33_000_000);
            assertThat(level(node)).isZero();
            node.buckets.settle(List.of(draw), 1_000_000);
            assertThat(level(node)).as("never more than a quota is owed").isEqualTo(-1000);
        }
    }

    private long level(Node node) {
        return node.buckets.look(List.of(new Draw(name, 1000, 0))).getFirst().remaining();
    }

    @Test
    void when_redis_is_killed_each_node_has_its_part_and_its_return_needs_no_restart() {
        try (LocalRedis own = LocalRedis.start();
                Node one = new Node(own.url(), 2, WhenDown.LOCAL);
                Node two = new Node(own.url(), 2, WhenDown.LOCAL)) {
            assertThat(one.takes(100, 20, 1) + two.takes(100, 20, 1)).isEqualTo(40);
            own.kill();
            int after = one.takes(100, 200, 1) + two.takes(100, 200, 1);
            assertThat(after).as("each node's part, less what it had granted").isEqualTo(60);
            assertThat(metrics.counter("millrace.limits.alone", "outcome", "local")
                            .count())
                    .isPositive();
            own.startAgain();
            Await.until("both are back", () -> one.link.up() && two.link.up());
            int again = one.takes(100, 200, 1) + two.takes(100, 200, 1);
            assertThat(again).as("a Redis that lost everything has one quota").isLessThanOrEqualTo(100);
            assertThat(metrics.get("millrace.limits.redis.up").gauge().value()).isEqualTo(1);
        }
    }

    @Test
    void where_limits_may_not_be_counted_alone_the_answer_is_a_truthful_503() {
        try (LocalRedis own = LocalRedis.start();
                Node node = new Node(own.url(), 1, WhenDown.REFUSE)) {
            assertThat(node.takes(5, 1)).isTrue();
            own.kill();
            assertThatThrownBy(() -> node.takes(5, 1)).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE);
                assertThat(e.problem().retryAfter()).isEqualTo(Duration.ofSeconds(1));
            });
            assertThat(metrics.counter("millrace.limits.alone", "outcome", "refused")
                            .count())
                    .isEqualTo(1);
            own.startAgain();
            Await.until("it is back", node.link::up);
            assertThat(node.takes(5, 1)).isTrue();
        }
    }

    @Test
    void a_redis_that_hangs_holds_one_call_up_for_the_time_that_was_set_and_the_next_not_at_all() {
        try (LocalRedis own = LocalRedis.start();
                Node node = new Node(own.url(), 1, WhenDown.LOCAL, TIMEOUT)) {
            Await.until("it is up", node.link::up);
            assertThat(node.takes(1000, 10, 1)).isEqualTo(10);
            own.hang();
            assertThat(took(() -> node.takes(1000, 1))).isLessThan(TIMEOUT.plus(SLACK));
            assertThat(took(() -> node.takes(1000, 100, 1)))
                    .as("a hundred more")
                    .isLessThan(SLACK);
            own.goOn();
            Await.until("it is back", node.link::up);
            assertThat(node.takes(1000, 1)).isTrue();
        }
    }

    @Test
    void a_socket_that_never_answers_hangs_no_request() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Node node = new Node("redis://127.0.0.1:" + mute.getLocalPort(), 1, WhenDown.LOCAL, TIMEOUT)) {
            assertThat(node.link.up()).isFalse();
            assertThat(took(() -> node.takes(50, 100, 1))).isLessThan(SLACK);
            assertThat(node.takes(50, 10, 1)).as("never wide open").isZero();
        }
    }

    @Test
    void a_password_opens_it_and_stands_in_no_line_of_the_log() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        // Whatever ran before in this process may have made the log quieter.
        Logger room = (Logger) LoggerFactory.getLogger("dev.millrace.limits");
        Level before = room.getLevel();
        room.setLevel(Level.INFO);
        lines.start();
        room.addAppender(lines);
        root.addAppender(lines);
        try (LocalRedis own = LocalRedis.start()) {
            assertThat(own.command("CONFIG SET requirepass s3same")).startsWith("+OK");
            String right = own.url().replace("redis://", "redis://:s3same@");
            String wrong = own.url().replace("redis://", "redis://default:s3wrong@");
            try (Node in = new Node(right, 1, WhenDown.REFUSE);
                    Node out = new Node(wrong, 2, WhenDown.LOCAL)) {
                assertThat(in.link.up()).isTrue();
                assertThat(in.takes(5, 10, 1)).isEqualTo(5);
                assertThat(out.link.up()).isFalse();
                assertThat(out.takes(4, 10, 1))
                        .as("its part, and never wide open")
                        .isEqualTo(2);
            }
        } finally {
            root.detachAppender(lines);
            room.detachAppender(lines);
            room.setLevel(before);
        }
        assertThat(List.copyOf(lines.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("does not answer"))
                .noneMatch(line -> line.contains("s3same") || line.contains("s3wrong"));
    }

    private static Duration took(Runnable work) {
        long since = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - since);
    }

    @Test
    void seats_are_shared_and_those_of_a_node_that_died_come_back_with_their_lease() throws Exception {
        Duration lease = Duration.ofMillis(900);
        List<Row> rows = List.of(new Row(name, 3));
        try (Node one = new Node(redis.url(), 2, WhenDown.REFUSE);
                Node two = new Node(redis.url(), 2, WhenDown.REFUSE);
                RedisSeats living = new RedisSeats(one.link, "living", lease)) {
            RedisSeats dying = new RedisSeats(two.link, "dying", lease);
            assertThat(living.take(rows, 1)).isNull();
            assertThat(dying.take(rows, 1)).isNull();
            assertThat(dying.take(rows, 2)).isNull();
            assertThat(living.take(rows, 2)).isEqualTo(rows.getFirst());
            assertThat(living.taken(name)).isEqualTo(3);
            two.link.close();
            Await.until("the dead one's are free", () -> taken(living) == 1);
            assertThat(living.take(rows, 2)).isNull();
            assertThat(redis.command("FLUSHALL")).startsWith("+OK");
            Await.until("what Redis forgot it is told again", () -> taken(living) == 2);
            living.leave(1);
            living.leave(2);
            Await.until("all are left", () -> taken(living) == 0);
            dying.close();
        }
    }

    private long taken(RedisSeats seats) {
        try {
            return seats.taken(name);
        } catch (RedisAwayException late) {
            return -1;
        }
    }

    @Test
    void a_node_made_of_the_settings_counts_in_the_redis_that_they_name() {
        LimitSettings settings =
                new LimitSettings(5, 2, 1, 1, new Secret(redis.url()), Duration.ofMillis(500), WhenDown.REFUSE);
        try (TestDatabase db = TestDatabase.sqlite();
                LimitCounters one = counters(settings, db, "one");
                LimitCounters two = counters(settings, db, "two")) {
            List<RequestRate> rates = List.of(one.rate(), two.rate());
            List<Boolean> taken = new ArrayList<>();
            KeyId key = new KeyId("aaaaaaaaaaaa");
            for (int i = 0; i < 8; i++) {
                try {
                    rates.get(i % 2).take(key);
                    taken.add(true);
                } catch (ProblemException refused) {
                    taken.add(false);
                }
            }
            assertThat(taken).containsExactly(true, true, true, true, true, false, false, false);
        }
    }

    private LimitCounters counters(LimitSettings settings, TestDatabase db, String node) {
        LimitCounters counters = LimitCounters.open(
                settings, new LimitBook(db.database()), () -> 2, System::nanoTime, node, new SimpleMeterRegistry());
        counters.start();
        return counters;
    }
}
