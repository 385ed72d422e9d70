package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.id.KeyId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private static final KeyId KEY = new KeyId("aaaaaaaaaaaa");
    private static final KeyId OTHER = new KeyId("bbbbbbbbbbbb");

    private final AtomicLong nanos = new AtomicLong(123_456_789);
    private final RequestRate rate = new RequestRate(new LimitSettings(60, 1, 1), nanos::get);

    @Test
    void a_key_has_its_quota_at_once_and_then_waits() {
        for (int i = 59; i >= 0; i--) {
            assertThat(rate.take(KEY).remaining()).isEqualTo(i);
        }
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> rate.take(KEY));
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.RATE_LIMITED);
        assertThat(refused.problem().retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refused.problem().facts()).containsEntry("limit", 60L);
        assertThat(refused.problem().detail()).contains("60 requests a minute").contains("in 1 s");
    }

    @Test
    void one_key_does_not_use_up_the_quota_of_another() {
        exhaust(KEY);
        assertThat(rate.take(OTHER).remaining()).isEqualTo(59);
    }

    @Test
    void who_waits_as_told_is_let_in() {
        exhaust(KEY);
        Duration wait = refusal(KEY).orElseThrow();
        nanos.addAndGet(wait.toNanos());
        assertThat(refusal(KEY)).isEmpty();
    }

    @Test
    void a_crowd_that_is_refused_at_once_and_obeys_is_not_refused_again() {
        exhaust(KEY);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 55; i++) {
            waits.add(refusal(KEY).orElseThrow());
        }
        long start = nanos.get();
        waits.sort(null);
        for (Duration wait : waits) {
            nanos.set(start + wait.toNanos());
            assertThat(refusal(KEY)).as("after waiting %s", wait).isEmpty();
        }
    }

    @Test
    void clients_that_obey_never_see_a_second_refusal_however_they_come() {
        SplittableRandom random = Seeds.random("RequestRateTest");
        for (int run = 0; run < 50; run++) {
            nanos.addAndGet(Duration.ofMinutes(5).toNanos());
            PriorityQueue<Long> returns = new PriorityQueue<>();
            long start = nanos.get();
            int crowd = random.nextInt(61, 110);
            for (int i = 0; i < crowd; i++) {
                nanos.addAndGet(random.nextLong(3_000_000));
                refusal(KEY).ifPresent(wait -> returns.add(nanos.get() + wait.toNanos()));
            }
            for (Long back = returns.poll(); back != null; back = returns.poll()) {
                nanos.set(Math.max(nanos.get(), back) + random.nextLong(1_000_000));
                assertThat(refusal(KEY))
                        .as("a crowd of %d, back after %d ms", crowd, (nanos.get() - start) / 1_000_000)
                        .isEmpty();
            }
        }
    }

    @Test
    void no_wait_is_longer_than_the_window() {
        exhaust(KEY);
        for (int i = 0; i < 1000; i++) {
            assertThat(refusal(KEY).orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void the_state_is_told_in_the_words_of_the_headers() {
        rate.take(KEY);
        RateState state = rate.take(KEY);
        assertThat(state.rateLimit("requests")).isEqualTo("\"requests\";r=58;t=2");
        assertThat(state.rateLimitPolicy("requests")).isEqualTo("\"requests\";q=60;w=60");
        assertThat(rate.state(KEY)).as("asking for the state counts nothing").isEqualTo(state);
        assertThat(rate.state(OTHER).rateLimit("requests")).isEqualTo("\"requests\";r=60;t=0");
    }

    private void exhaust(KeyId key) {
        for (int i = 0; i < 60; i++) {
            rate.take(key);
        }
    }

    private Optional<Duration> refusal(KeyId key) {
        try {
            rate.take(key);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.ofNullable(e.problem().retryAfter());
        }
    }
}
