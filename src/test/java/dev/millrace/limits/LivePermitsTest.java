package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.limits.LivePermits.Permit;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePermitsTest {
    private static final KeyId KEY = new KeyId("aaaaaaaaaaaa");
    private static final KeyId OTHER = new KeyId("bbbbbbbbbbbb");

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private final AtomicLong nanos = new AtomicLong(55);
    private final LivePermits permits = new LivePermits(new LimitSettings(1, 2, 1));

    @Test
    void a_key_has_so_many_at_once_and_gets_them_back() {
        Permit first = permits.take(KEY);
        try (Permit second = permits.take(KEY);
                Permit elsewhere = permits.take(OTHER)) {
            assertThat(second).isNotSameAs(elsewhere);
            assertThatThrownBy(() -> permits.take(KEY)).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problem().code()).isEqualTo(ProblemCode.CONCURRENCY_REACHED);
                assertThat(e.problem().facts()).containsEntry("limit", 2L);
            });
            first.close();
            permits.take(KEY).close();
        }
        assertThat(permits.running(KEY)).isZero();
        assertThat(permits.running(OTHER)).isZero();
    }

    @Test
    void closing_twice_gives_back_once() {
        Permit first = permits.take(KEY);
        Permit second = permits.take(KEY);
        first.close();
        first.close();
        assertThat(permits.running(KEY)).isEqualTo(1);
        second.close();
    }

    /** Of three live requests for each, so many run at once. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                     | 3 3 3
            {"live_requests":4}                                    | 3 1 0
            {"models":{"acme/big":{"live_requests":1}}}            | 1 3 3
            {"models":{"acme/*":{"live_requests":4}}}              | 3 1 3
            {"modalities":{"language":{"live_requests":2}},"live_requests":100} | 2 0 0
            """)
    void a_rule_counts_what_it_names_and_all_give_back(String rules, String expected) {
        try (TestDatabase db = TestDatabase.sqlite()) {
            OrganizationId organization = ids.organization();
            LimitBook book = new LimitBook(db.database());
            LivePermits live = new LivePermits(
                    new LimitSettings(1, 100, 1), book(db, book, organization, rules), () -> 1, nanos::get);
            for (int round = 0; round < 2; round++) {
                List<Permit> open = new ArrayList<>();
                String got = Stream.of("acme/big", "acme/small", "other/model")
                        .map(model -> Integer.toString(taken(live, organization, model, open)))
                        .collect(Collectors.joining(" "));
                assertThat(got).isEqualTo(expected);
                open.forEach(Permit::close);
            }
        }
    }

    private LimitBook book(TestDatabase db, LimitBook book, OrganizationId organization, String rules) {
        return db.writer().write("a", tx -> {
            book.setOrganization(
                    tx, organization, LimitRules.parse(Json.parseObject(rules.getBytes(StandardCharsets.UTF_8))));
            return book;
        });
    }

    private static int taken(LivePermits live, OrganizationId organization, String model, List<Permit> open) {
        int taken = 0;
        for (int i = 0; i < 3; i++) {
            try {
                open.add(live.take(organization, i == 1 ? OTHER : KEY, model, Modality.LANGUAGE));
                taken++;
            } catch (ProblemException refused) {
                assertThat(refused.problem().retryAfter()).isPositive();
            }
        }
        return taken;
    }

    @Test
    void nodes_that_none_counts_for_have_equal_parts() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            OrganizationId organization = ids.organization();
            LimitBook book = book(db, new LimitBook(db.database()), organization, "{\"live_requests\":4}");
            LivePermits one = new LivePermits(LimitSettings.DEFAULTS, book, () -> 2, nanos::get);
            LivePermits two = new LivePermits(LimitSettings.DEFAULTS, book, () -> 2, nanos::get);
            List<Permit> open = new ArrayList<>();
            assertThat(List.of(taken(one, organization, "m", open), taken(two, organization, "m", open)))
                    .containsExactly(2, 2);
        }
    }

    /** What is promised where requests take as long as those before: nobody can know when one ends that takes longer. */
    @Test
    void a_client_that_waits_as_was_learnt_from_what_ran_never_sees_a_second_refusal() {
        SplittableRandom random = Seeds.random("LivePermitsTest");
        for (int run = 0; run < 200; run++) {
            int places = random.nextInt(1, 6);
            long length = Duration.ofMillis(random.nextLong(10, 90_000)).toNanos();
            LivePermits live = new LivePermits(new LimitSettings(1, places, 1), null, () -> 1, nanos::get, null);
            Permit learnt = live.take(KEY);
            nanos.addAndGet(length);
            learnt.close();
            PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::ends));
            for (int request = 0; request < 20; request++) {
                pass(running, random.nextLong(0, length / 2));
                Permit permit;
                try {
                    permit = live.take(KEY);
                } catch (ProblemException refused) {
                    pass(
                            running,
                            Objects.requireNonNull(refused.problem().retryAfter())
                                    .toNanos());
                    permit = live.take(KEY);
                }
                running.add(new Running(nanos.get() + length, permit));
            }
            pass(running, 2 * length);
            assertThat(live.running(KEY)).isZero();
        }
    }

    private record Running(long ends, Permit permit) {}

    /** Lets so many nanoseconds pass, and what runs end in its time. */
    private void pass(PriorityQueue<Running> running, long time) {
        long until = nanos.get() + time;
        while (!running.isEmpty() && running.element().ends() <= until) {
            nanos.set(running.element().ends());
            running.remove().permit().close();
        }
        nanos.set(until);
    }

    @Test
    void of_a_crowd_each_is_told_a_later_moment_than_the_one_before() {
        LivePermits live = new LivePermits(new LimitSettings(1, 2, 1), null, () -> 1, nanos::get, null);
        for (Permit permit : List.of(live.take(KEY), live.take(KEY))) {
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            permit.close();
        }
        List<Permit> sitting = List.of(live.take(KEY), live.take(KEY));
        List<Duration> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try {
                live.take(KEY).close();
            } catch (ProblemException refused) {
                told.add(refused.problem().retryAfter());
            }
        }
        assertThat(told).hasSize(5).isSorted().doesNotContain(Duration.ZERO);
        assertThat(told.getLast()).isGreaterThan(told.getFirst());
        sitting.forEach(Permit::close);
    }

    @Test
    void the_limit_holds_among_threads() throws InterruptedException {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.execute(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    for (int run = 0; run < 500; run++) {
                        try {
                            Permit permit = permits.take(KEY);
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                            permit.close();
                        } catch (ProblemException refused) {
                            Thread.onSpinWait();
                        }
                    }
                });
            }
            start.countDown();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(permits.running(KEY)).isZero();
    }
}
