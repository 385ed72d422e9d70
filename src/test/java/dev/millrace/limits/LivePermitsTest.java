package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.id.KeyId;
import dev.millrace.limits.LivePermits.Permit;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LivePermitsTest {
    private static final KeyId KEY = new KeyId("aaaaaaaaaaaa");
    private static final KeyId OTHER = new KeyId("bbbbbbbbbbbb");

    private final LivePermits permits = new LivePermits(new LimitSettings(1, 2, 1));

    @Test
    void a_key_has_so_many_at_once_and_gets_them_back() {
        Permit first = permits.take(KEY);
        try (Permit second = permits.take(KEY);
                Permit elsewhere = permits.take(OTHER)) {
            assertThat(second).isNotSameAs(elsewhere);
            assertThatThrownBy(() -> permits.take(KEY)).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problem().code()).isEqualTo(ProblemCode.CONCURRENCY_REACHED);
                assertThat(e.problem().facts()).containsEntry("limit", 2);
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
