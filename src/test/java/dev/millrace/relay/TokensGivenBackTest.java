package dev.millrace.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.limits.LimitSettings;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.UpstreamException;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However a live request ends, its limits are told once what it used in the place of the most that it might. */
class TokensGivenBackTest {
    private static final long COUNTED = 150;

    private final List<String> told = new ArrayList<>();

    private TestingRooms rooms(TestDatabase db) {
        TestingRooms rooms = new TestingRooms(db);
        rooms.tokens = (organization, key, model, modality, counted, used) ->
                told.add(model + " " + modality.wire() + " " + counted + " " + used);
        return rooms;
    }

    private void runs(TextProvider script, Client client, long used) {
        try (TestDatabase db = TestDatabase.sqlite();
                TestingRooms rooms = rooms(db)) {
            TestingTextProvider one = new TestingTextProvider("one", script);
            TestingTextProvider two = new TestingTextProvider("two", script);
            var unused = catchThrowable(() -> rooms.relay(one, two).run(rooms.text("Does the mill turn?"), client));
            assertThat(told).containsExactly("test/text language " + COUNTED + " " + used);
        }
    }

    @Test
    void a_whole_answer_counts_what_the_upstream_reports_also_where_that_is_more() {
        runs(
                (call, sink) -> {
                    sink.text("It turns.");
                    sink.usage(Units.of(Unit.INPUT_TOKEN, 400).with(Unit.OUTPUT_TOKEN, 3));
                    sink.end(FinishReason.STOP);
                },
                new Client(),
                403);
    }

    @Test
    void an_answer_that_was_cut_counts_what_came() {
        runs(
                (call, sink) -> {
                    sink.text("It");
                    sink.text(" tu");
                    throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "It broke off.", true, null);
                },
                new Client(),
                7);
    }

    @Test
    void an_answer_whose_client_left_counts_what_came() {
        runs(
                (call, sink) -> {
                    for (int i = 0; i < 9 && sink.wanted(); i++) {
                        sink.text("It");
                    }
                },
                Client.leavingAfter(2),
                7);
    }

    @Test
    void a_failure_counts_nothing() {
        runs(
                (call, sink) -> {
                    throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "No.", true, null);
                },
                new Client(),
                0);
    }

    @Test
    void what_is_refused_or_closed_before_it_ran_counts_nothing() {
        try (TestDatabase db = TestDatabase.sqlite();
                TestingRooms rooms = rooms(db)) {
            rooms.limits = new LimitSettings(600, 1, 10);
            Relay relay = rooms.relay(new TestingTextProvider("one", (call, sink) -> {}));
            Started first = relay.start(rooms.text("a"));
            assertThat(catchThrowable(() -> relay.start(rooms.text("a")))).isNotNull();
            assertThat(told).containsExactly("test/text language " + COUNTED + " 0");
            first.close();
            first.close();
            assertThat(told).hasSize(2).allMatch(line -> line.endsWith(COUNTED + " 0"));
        }
    }
}
