package dev.millrace.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.egress.EgressFailure;
import dev.millrace.testkit.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryPolicyTest {
    private final DeliveryPolicy policy = DeliveryPolicy.HIGGSFIELD;

    @Test
    void waits_double_up_to_the_longest_with_jitter() {
        var random = Seeds.random("waits_double_up_to_the_longest_with_jitter");
        long[] nominal = {5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900};
        for (int run = 0; run < 200; run++) {
            for (int i = 0; i < nominal.length; i++) {
                assertThat(policy.waitBehind(i + 1, random).toMillis()).isBetween(nominal[i] * 800, nominal[i] * 1200);
            }
            assertThat(policy.waitBehind(Integer.MAX_VALUE, random)).isLessThanOrEqualTo(Duration.ofMinutes(18));
        }
    }

    @Test
    void two_hours_hold_a_dozen_attempts_or_so() {
        var random = Seeds.random("two_hours_hold_a_dozen_attempts_or_so");
        Duration at = Duration.ZERO;
        int attempts = 1;
        while (at.compareTo(policy.giveUpAfter()) <= 0) {
            at = at.plus(policy.waitBehind(attempts++, random));
        }
        assertThat(attempts).isBetween(13, 18);
    }

    @Test
    void only_broken_connections_and_server_errors_are_tried_again() {
        for (int status : new int[] {200, 204, 301, 302, 308, 400, 404, 410, 429, 499}) {
            assertThat(policy.retries().test(new AttemptOutcome.Answered(status)))
                    .as("%d", status)
                    .isFalse();
        }
        for (int status : new int[] {500, 502, 503, 504, 529, 599}) {
            assertThat(policy.retries().test(new AttemptOutcome.Answered(status)))
                    .as("%d", status)
                    .isTrue();
        }
        for (EgressFailure failure : EgressFailure.values()) {
            assertThat(policy.retries().test(new AttemptOutcome.Unanswered(failure)))
                    .as("%s", failure)
                    .isEqualTo(failure != EgressFailure.REFUSED);
        }
    }

    @Test
    void only_2xx_is_success() {
        assertThat(new AttemptOutcome.Answered(200).success()).isTrue();
        assertThat(new AttemptOutcome.Answered(299).success()).isTrue();
        assertThat(new AttemptOutcome.Answered(199).success()).isFalse();
        assertThat(new AttemptOutcome.Answered(300).success()).isFalse();
        assertThat(new AttemptOutcome.Unanswered(EgressFailure.BROKEN).success())
                .isFalse();
    }
}
