package dev.millrace.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.UpstreamException;
import dev.millrace.provider.sandbox.Calls.KeptAnswer;
import dev.millrace.provider.sandbox.text.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxTextTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final SandboxText text = new SandboxText(SandboxSettings.DEFAULTS, pauses::add);

    @Test
    void an_answer_comes_in_pieces_then_its_usage_then_its_end() {
        KeptAnswer answer = ask("{}", 1000);
        assertThat(answer.ends).containsExactly(FinishReason.STOP);
        assertThat(answer.usage).hasSize(1);
        Units used = answer.usage.getFirst();
        assertThat(used.get(Unit.OUTPUT_TOKEN)).isEqualTo(answer.pieces.size());
        assertThat(used.get(Unit.OUTPUT_TOKEN)).isEqualTo(Tokens.count(String.join("", answer.pieces)));
        assertThat(used.get(Unit.INPUT_TOKEN)).isEqualTo(Tokens.count("How do bees find flowers?") + 7L);
    }

    @Test
    void the_limit_ends_an_answer_exactly() {
        KeptAnswer answer = ask("{}", 17);
        assertThat(answer.pieces).hasSize(17);
        assertThat(answer.ends).containsExactly(FinishReason.LENGTH);
    }

    @Test
    void an_answer_that_nobody_wants_stops_and_is_counted_as_far_as_it_came() {
        var answer = new KeptAnswer(5);
        text.run(Calls.text("{}", 1000), answer);
        assertThat(answer.pieces).hasSize(5);
        assertThat(answer.usage.getLast().get(Unit.OUTPUT_TOKEN)).isEqualTo(5);
        assertThat(answer.ends).isEmpty();
    }

    @Test
    void it_pauses_as_the_settings_say_unless_a_latency_is_given() {
        ask("{}", 3);
        assertThat(pauses).containsExactly(Duration.ofMillis(80), Duration.ofMillis(8), Duration.ofMillis(8));
        pauses.clear();
        ask("{'sandbox':{'latency_ms':0}}", 3);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_failure_comes_before_the_first_piece_and_another_upstream_may_be_tried() {
        UpstreamException failure = failure("{'sandbox':{'fail':'rate_limited'}}", new KeptAnswer());
        assertThat(failure.code()).isEqualTo(ProblemCode.RATE_LIMITED);
        assertThat(failure.anotherMayWork()).isTrue();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_cut_stream_ends_in_a_failure_without_usage() {
        var answer = new KeptAnswer();
        assertThat(failure("{'sandbox':{'cut_stream_at':4}}", answer).code()).isEqualTo(ProblemCode.UPSTREAM_ERROR);
        assertThat(answer.pieces).hasSize(4);
        assertThat(answer.usage).isEmpty();
        assertThat(answer.ends).isEmpty();
    }

    @Test
    void moderation_stops_the_input_or_the_output() {
        UpstreamException refused = failure("{'sandbox':{'nsfw':'input'}}", new KeptAnswer());
        assertThat(refused.code()).isEqualTo(ProblemCode.CONTENT_REJECTED);
        assertThat(refused.anotherMayWork()).isFalse();
        KeptAnswer filtered = ask("{'sandbox':{'nsfw':true}}", 1000);
        assertThat(filtered.ends).containsExactly(FinishReason.CONTENT_FILTER);
    }

    @Test
    void usage_can_lie_or_be_missing() {
        KeptAnswer lied = ask("{'sandbox':{'usage':{'output_token':999999}}}", 10);
        assertThat(lied.usage).containsExactly(Units.of(Unit.OUTPUT_TOKEN, 999_999));
        assertThat(ask("{'sandbox':{'usage':'none'}}", 10).usage).isEmpty();
    }

    @Test
    void the_end_can_be_told_twice() {
        assertThat(ask("{'sandbox':{'finish_twice':true}}", 10).ends).hasSize(2);
    }

    @Test
    void an_answer_that_never_finishes_stalls_until_nobody_wants_it() {
        var answer = new KeptAnswer();
        SandboxText stalling = new SandboxText(SandboxSettings.INSTANT, duration -> {
            if (pauses.size() == 20) {
                throw new InterruptedException("enough");
            }
            pauses.add(duration);
        });
        UpstreamException ended = catchThrowableOfType(
                UpstreamException.class,
                () -> stalling.run(Calls.text("{'sandbox':{'never_finish':true}}", 100), answer));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended.code()).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(answer.pieces).hasSize(1);
        assertThat(answer.ends).isEmpty();
    }

    @Test
    void an_answer_can_have_an_exact_length_or_nothing_in_it() {
        assertThat(ask("{'sandbox':{'tokens':321}}", 1000).pieces).hasSize(321);
        KeptAnswer nothing = ask("{'sandbox':{'noop':true}}", 1000);
        assertThat(nothing.pieces).isEmpty();
        assertThat(nothing.usage.getLast().get(Unit.OUTPUT_TOKEN)).isZero();
        assertThat(nothing.ends).containsExactly(FinishReason.STOP);
    }

    private KeptAnswer ask(String parameters, long limit) {
        var answer = new KeptAnswer();
        text.run(Calls.text(parameters, limit), answer);
        return answer;
    }

    private UpstreamException failure(String parameters, KeptAnswer answer) {
        return catchThrowableOfType(UpstreamException.class, () -> text.run(Calls.text(parameters, 1000), answer));
    }
}
