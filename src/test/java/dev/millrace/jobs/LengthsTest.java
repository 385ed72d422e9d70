package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seeds;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LengthsTest {
    @Test
    void a_class_holds_its_lengths_and_is_an_eighth_wide() {
        SplittableRandom random = Seeds.random("LengthsTest");
        for (int i = 0; i < 10_000; i++) {
            Duration length = Duration.ofMillis(random.nextLong(8, 1L << random.nextInt(4, 31)));
            int found = Lengths.classOf(length);
            assertThat(found).isBetween(0, Lengths.CLASSES - 1);
            assertThat(length).isLessThanOrEqualTo(Lengths.upTo(found));
            assertThat(length.toMillis())
                    .isGreaterThanOrEqualTo(Lengths.upTo(found).toMillis() * 7 / 8 - 1);
        }
        assertThat(Lengths.classOf(Duration.ZERO)).isNotNegative();
        assertThat(Lengths.classOf(Duration.ofDays(9999))).isLessThan(Lengths.CLASSES);
    }

    @Test
    void the_median_and_the_tail_are_near_the_real_ones() {
        Lengths lengths = new Lengths();
        assertThat(lengths.percentile(50)).isEmpty();
        for (int seconds = 1; seconds <= 100; seconds++) {
            lengths.add(Lengths.classOf(Duration.ofSeconds(seconds)), 1);
        }
        assertThat(lengths.percentile(50).orElseThrow().toSeconds()).isBetween(49L, 57L);
        assertThat(lengths.percentile(90).orElseThrow().toSeconds()).isBetween(89L, 103L);
    }

    @Test
    void old_runs_fade() {
        Lengths lengths = new Lengths();
        lengths.add(Lengths.classOf(Duration.ofSeconds(1)), 2_000);
        for (int i = 0; i < 4_000; i++) {
            lengths.add(Lengths.classOf(Duration.ofSeconds(60)), 1);
        }
        assertThat(lengths.percentile(50).orElseThrow().toSeconds()).isBetween(60L, 68L);
    }
}
