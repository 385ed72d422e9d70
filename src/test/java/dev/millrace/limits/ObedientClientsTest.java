package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.LocalRedis;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.WithRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Many clients share one key, each of which sends its next request as soon as it likes: whoever waits as long as he was told is let in,
 * although others came anew meanwhile.
 */
class ObedientClientsTest {
    private static final KeyId KEY = new KeyId("aaaaaaaaaaaa");
    private static final Duration TIME = Duration.ofMinutes(10);

    private final SplittableRandom random = Seeds.random("ObedientClientsTest");
    private final OrganizationId organization = new IdSource(InstantSource.system(), new SecureRandom()).organization();
    private final AtomicLong nanos = new AtomicLong();

    private Obedience obedience() {
        return new Obedience(random, nanos::set, Duration.ZERO);
    }

    private static Optional<Duration> wait(Runnable request) {
        try {
            request.run();
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.ofNullable(refused.problem().retryAfter());
        }
    }

    private static void assertObeyed(Obedience clients, long atLeast) {
        assertThat(clients.refused).as("%s", clients).isPositive();
        assertThat(clients.refusedAgain).as("%s", clients).isZero();
        assertThat(clients.granted).as("nothing is wasted: %s", clients).isGreaterThan((int) atLeast);
    }

    @Test
    void by_the_requests_of_a_key() {
        for (int quota : new int[] {6, 60, 600}) {
            RequestRate rate = new RequestRate(new LimitSettings(quota, 64, 1000), nanos::get);
            Obedience clients = obedience();
            clients.run(
                    Math.min(quota - 1, random.nextInt(15, 20)),
                    TIME,
                    Duration.ofSeconds(60 / quota + 1),
                    (client, request) -> wait(() -> rate.take(KEY)));
            assertObeyed(clients, quota * 8);
        }
    }

    /** Nothing tells two clients of one key apart: who comes anew between another's moment and his return is taken for him. */
    @Test
    void who_is_late_by_hundredths_of_a_second_is_let_in_but_where_another_came_in_between() {
        RequestRate rate = new RequestRate(new LimitSettings(60, 64, 1000), nanos::get);
        Obedience clients = new Obedience(random, nanos::set, Duration.ofMillis(20));
        clients.run(15, TIME, Duration.ofSeconds(2), (client, request) -> wait(() -> rate.take(KEY)));
        assertThat(clients.refused).as("%s", clients).isPositive();
        assertThat(clients.refusedAgain).as("%s", clients).isLessThan(clients.refused / 20);
        assertThat(clients.granted).as("nothing is wasted: %s", clients).isGreaterThan(480);
    }

    private PlanRates plan(TestDatabase db, String json, List<Buckets> nodes) {
        LimitBook book = new LimitBook(db.database());
        db.writer().write("a", tx -> {
            book.setOrganization(
                    tx, organization, LimitRules.parse(Json.parseObject(json.getBytes(StandardCharsets.UTF_8))));
            return 1;
        });
        Buckets any = new Buckets() {
            private Buckets one() {
                return nodes.get(random.nextInt(nodes.size()));
            }

            @Override
            public Drawn take(List<Draw> draws) {
                return one().take(draws);
            }

            @Override
            public void settle(List<Draw> taken, long used) {
                one().settle(taken, used);
            }

            @Override
            public List<Level> look(List<Draw> draws) {
                return one().look(draws);
            }
        };
        return new PlanRates(book, any);
    }

    /** Each client speaks to a model of its own kind, and each of its requests is so large as itself is. */
    private Obedience.Door door(PlanRates rates, LongUnaryOperator tokens) {
        return (client, request) -> wait(() -> {
            String model = client % 3 == 0 ? "acme/big" : "acme/small";
            rates.take(organization, KEY, model, Modality.LANGUAGE, tokens.applyAsLong(client));
        });
    }

    @Test
    void by_several_rules_of_requests_and_tokens() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Buckets buckets = new LocalBuckets(() -> 1, nanos::get);
            PlanRates rates = plan(db, """
                    {"requests_per_minute": 60, "tokens_per_minute": 6000, "models": {"acme/big": {"requests_per_minute": 12}}}
                    """, List.of(buckets));
            Obedience clients = obedience();
            clients.run(12, TIME, Duration.ofSeconds(3), door(rates, client -> 50 + client * 10));
            assertObeyed(clients, 400);
        }
    }

    @Nested
    @WithRedis
    class InRedis {
        @Test
        void by_several_rules_at_two_nodes_that_count_in_one_redis() {
            try (TestDatabase db = TestDatabase.sqlite();
                    LocalRedis redis = LocalRedis.start()) {
                SimpleMeterRegistry metrics = new SimpleMeterRegistry();
                List<RedisLink> links = IntStream.range(0, 2)
                        .mapToObj(i -> new RedisLink(redis.url(), Duration.ofSeconds(2), metrics))
                        .toList();
                links.forEach(RedisLink::start);
                long begin = 1_800_000_000_000_000L;
                PlanRates rates = plan(
                        db,
                        """
                        {"requests_per_minute": 60, "tokens_per_minute": 6000, "models": {"acme/big": {"requests_per_minute": 12}}}
                        """,
                        links.stream()
                                .<Buckets>map(link -> new SharedBuckets(
                                        new RedisBuckets(link, () -> begin + nanos.get() / 1_000),
                                        new LocalBuckets(() -> 2, nanos::get),
                                        new Alone(WhenDown.REFUSE, metrics)))
                                .toList());
                Obedience clients = obedience();
                clients.run(12, TIME, Duration.ofSeconds(3), door(rates, client -> 50 + client * 10));
                links.forEach(RedisLink::close);
                assertObeyed(clients, 400);
            }
        }
    }
}
