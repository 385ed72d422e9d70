package dev.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for every adapter that runs language requests; each adapter's test extends it. */
public abstract class TextProviderContract {
    /** What the calls' messages hold, and no failure may. */
    protected static final String CANARY = "canary-91ab77";

    protected abstract TextProvider provider();

    /** A call that ends well, with {@link #CANARY} in its messages. */
    protected abstract TextCall call(long maxOutputTokens);

    /** A call that the upstream refuses or fails before its first piece. */
    protected abstract TextCall failing();

    @Test
    void pieces_come_first_then_usage_then_one_end() {
        var told = new Told(Integer.MAX_VALUE);
        provider().run(call(500), told);
        assertThat(told.events).isNotEmpty();
        assertThat(told.events.getFirst()).isEqualTo("text");
        assertThat(told.events.getLast()).isEqualTo("end");
        assertThat(told.events).containsOnlyOnce("end").contains("usage");
        assertThat(told.text.toString()).isNotBlank();
    }

    @Test
    void an_answer_keeps_to_its_limit_and_says_that_it_was_cut() {
        var told = new Told(Integer.MAX_VALUE);
        provider().run(call(8), told);
        assertThat(told.used.get(Unit.OUTPUT_TOKEN)).isBetween(1L, 8L);
        assertThat(told.used.get(Unit.INPUT_TOKEN)).isPositive();
        assertThat(told.reason).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void an_answer_that_nobody_wants_any_more_stops() {
        var told = new Told(2);
        provider().run(call(500), told);
        assertThat(told.pieces).isLessThan(10);
        assertThat(told.events).doesNotContain("end");
    }

    @Test
    void a_failure_comes_before_any_piece_and_tells_nothing_of_the_messages() {
        var told = new Told(Integer.MAX_VALUE);
        UpstreamException failure =
                catchThrowableOfType(UpstreamException.class, () -> provider().run(failing(), told));
        assertThat(told.events).isEmpty();
        assertThat(failure.toString() + failure.detail()).doesNotContain(CANARY);
    }

    private static final class Told implements TextSink {
        final List<String> events = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        final int patience;
        int pieces;
        Units used = Units.NONE;
        FinishReason reason = FinishReason.CONTENT_FILTER;

        Told(int patience) {
            this.patience = patience;
        }

        @Override
        public void text(String piece) {
            assertThat(piece).isNotEmpty();
            pieces++;
            text.append(piece);
            events.add("text");
        }

        @Override
        public void tool(ToolPiece piece) {
            assertThat(piece.name()).isNotEmpty();
            pieces++;
            events.add("tool");
        }

        @Override
        public void usage(Units units) {
            used = units;
            events.add("usage");
        }

        @Override
        public void end(FinishReason ended) {
            reason = ended;
            events.add("end");
        }

        @Override
        public boolean wanted() {
            return pieces < patience;
        }
    }
}
