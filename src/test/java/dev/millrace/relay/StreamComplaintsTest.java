package dev.millrace.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.ToolPiece;
import dev.millrace.provider.UpstreamException;
import dev.millrace.relay.RelayOutcome.Ending;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What users of other gateways lost around streams, hang-ups and failovers, and does not get lost here; the numbers are those of
 * {@code docs/complaints.md}.
 */
class StreamComplaintsTest {
    private static final Money MICRO = Money.usd("0.000001");
    private static final Units SEVEN_AND_NINE = Units.of(Unit.INPUT_TOKEN, 7).with(Unit.OUTPUT_TOKEN, 9);

    private final TestingTextProvider one = new TestingTextProvider("one", answers(4));
    private final TestingTextProvider two = new TestingTextProvider("two", answers(4));

    /** Tells so many pieces, as long as they are wanted, then the usage of a whole answer of nine, then the end. */
    private static TextProvider answers(int pieces) {
        return (call, sink) -> {
            for (int i = 0; i < pieces && sink.wanted(); i++) {
                sink.text("word");
            }
            if (sink.wanted()) {
                sink.usage(SEVEN_AND_NINE);
                sink.end(FinishReason.STOP);
            }
        };
    }

    private static TextProvider failsAfter(int pieces, ProblemCode code, String detail) {
        return (call, sink) -> {
            for (int i = 0; i < pieces; i++) {
                sink.text("word");
            }
            throw new UpstreamException(code, detail, true, null);
        };
    }

    private RelayOutcome run(TestingRooms rooms, Client client) {
        return rooms.relay(one, two).run(rooms.text("Does the mill turn?"), client);
    }

    private RelayOutcome run(TestingRooms rooms, Client client, HangUp policy) {
        return rooms.relay(one)
                .start(rooms.text("Does the mill turn?"), null, policy)
                .run(client);
    }

    private static long usageRows(TestDatabase db) {
        return db.database()
                .<Long>read(tx -> tx.count("select count(*) from usage_rows where charge > 0 or status = 'completed'"));
    }

    private static long openHolds(TestDatabase db) {
        return db.database().<Long>read(tx -> tx.count("select count(*) from holds where state = 'open'"));
    }

    private static Money usageCharges(TestDatabase db) {
        return db.database()
                .<Money>read(tx -> tx.one(
                                "select coalesce(sum(charge), 0) as charge from usage_rows", row -> row.money("charge"))
                        .orElseThrow());
    }

    @OnBothDatabases
    void complaint_13_usage_is_kept_when_a_client_leaves_early(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome left = run(rooms, Client.leavingAfter(2));
            assertThat(left.ending()).isEqualTo(Ending.HUNG_UP);
            assertThat(left.used().get(Unit.OUTPUT_TOKEN)).isEqualTo(2);
            assertThat(usageRows(db)).isEqualTo(1);
            assertThat(usageCharges(db)).isEqualTo(left.charge());
        }
    }

    @OnBothDatabases
    void complaint_14_an_explicit_zero_usage_stays_zero(TestDatabase db) {
        one.script = (call, sink) -> {
            sink.text("free");
            sink.usage(Units.NONE);
            sink.end(FinishReason.STOP);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome free = run(rooms, new Client());
            assertThat(free.reported()).isTrue();
            assertThat(free.charge()).isEqualTo(Money.ZERO);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(usageRows(db)).isEqualTo(1);
        }
    }

    @OnBothDatabases
    void complaint_14_what_came_before_a_hang_up_is_priced_as_anything_else(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome left = run(rooms, Client.leavingAfter(3));
            long tokens = left.used().get(Unit.INPUT_TOKEN) + left.used().get(Unit.OUTPUT_TOKEN);
            assertThat(left.charge()).isEqualTo(MICRO.times(tokens));
        }
    }

    @OnBothDatabases
    void complaint_15_a_stream_ends_with_its_cost(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Client client = new Client();
            run(rooms, client);
            assertThat(client.outcome.charge()).isEqualTo(MICRO.times(16));
            assertThat(rooms.spent()).isEqualTo(client.outcome.charge());
            assertThat(usageCharges(db)).isEqualTo(client.outcome.charge());
        }
    }

    @OnBothDatabases
    void complaint_16_however_a_stream_ends_its_hold_is_resolved_by_then_and_a_charge_has_its_row(TestDatabase db) {
        Map<String, TextProvider> endings = Map.of(
                "an error in the middle", failsAfter(2, ProblemCode.UPSTREAM_ERROR, "500"),
                "an error at once", failsAfter(0, ProblemCode.UPSTREAM_ERROR, "500"),
                "a timeout",
                        (call, sink) -> {
                            sink.text("slow");
                            db.clock().advance(Duration.ofMinutes(6));
                            assertThat(sink.wanted()).isFalse();
                        },
                "a panic",
                        (call, sink) -> {
                            sink.text("oh");
                            throw new IllegalStateException("bug");
                        },
                "a panic at once",
                        (call, sink) -> {
                            throw new IllegalStateException("bug");
                        },
                "silence", (call, sink) -> {},
                "an end without usage",
                        (call, sink) -> {
                            sink.text("word");
                            sink.end(FinishReason.LENGTH);
                        },
                "a whole answer", answers(4));
        try (TestingRooms rooms = new TestingRooms(db)) {
            long charged = 0;
            Money before = Money.ZERO;
            for (Map.Entry<String, TextProvider> ending : endings.entrySet()) {
                one.script = ending.getValue();
                try {
                    rooms.relay(one).run(rooms.text("x"), new Client());
                } catch (ProblemException nothingCame) {
                    assertThat(rooms.spent()).as(ending.getKey()).isEqualTo(before);
                }
                charged += rooms.spent().equals(before) ? 0 : 1;
                before = rooms.spent();
                assertThat(openHolds(db)).as(ending.getKey()).isZero();
                assertThat(usageRows(db)).as(ending.getKey()).isEqualTo(charged);
                assertThat(usageCharges(db)).as(ending.getKey()).isEqualTo(before);
            }
            assertThat(charged).isEqualTo(5);
        }
    }

    @OnBothDatabases
    void complaint_17_an_aborted_stream_costs_what_came_and_the_upstreams_error_text_nothing(TestDatabase db) {
        one.script = failsAfter(2, ProblemCode.UPSTREAM_ERROR, "a very long text of an error ".repeat(50));
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome broken = run(rooms, new Client());
            assertThat(broken.ending()).isEqualTo(Ending.BROKEN);
            assertThat(broken.used().get(Unit.OUTPUT_TOKEN)).isEqualTo(2);
            assertThat(rooms.spent()).isEqualTo(broken.charge()).isLessThan(MICRO.times(16));
        }
    }

    @OnBothDatabases
    void complaint_17_a_call_that_is_cut_within_its_arguments_costs_what_came(TestDatabase db) {
        one.script = (call, sink) -> {
            sink.tool(new ToolPiece(0, "c", "get_weather", ""));
            sink.tool(new ToolPiece(0, "c", "get_weather", "{\"lo"));
            throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "cut", true, null);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome broken = run(rooms, new Client());
            assertThat(broken.ending()).isEqualTo(Ending.BROKEN);
            assertThat(broken.used().get(Unit.OUTPUT_TOKEN)).isEqualTo(3);
            assertThat(two.calls).isEmpty();
        }
    }

    @OnBothDatabases
    void complaint_18_what_the_upstream_reports_of_a_stopped_answer_is_charged(TestDatabase db) {
        one.script = (call, sink) -> {
            while (sink.wanted()) {
                sink.text("word");
            }
            sink.usage(Units.of(Unit.INPUT_TOKEN, 7).with(Unit.OUTPUT_TOKEN, 3));
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome left = run(rooms, Client.leavingAfter(2));
            assertThat(left.reported()).isTrue();
            assertThat(left.charge()).isEqualTo(MICRO.times(10));
        }
    }

    @OnBothDatabases
    void complaint_19_where_nothing_came_nothing_is_charged_and_what_is_tried_again_is_charged_once(TestDatabase db) {
        one.script = (call, sink) -> sink.usage(Units.of(Unit.INPUT_TOKEN, 7));
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThatThrownBy(() -> rooms.relay(one).run(rooms.text("x"), new Client()))
                    .isInstanceOf(ProblemException.class);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(usageRows(db)).isZero();
            run(rooms, new Client());
            assertThat(two.calls).hasSize(1);
            assertThat(rooms.spent()).isEqualTo(MICRO.times(16));
            assertThat(usageRows(db)).isEqualTo(1);
        }
    }

    @OnBothDatabases
    void complaint_20_the_upstream_is_stopped_when_its_client_leaves(TestDatabase db) {
        long[] made = new long[1];
        one.script = (call, sink) -> {
            while (sink.wanted()) {
                sink.text("word");
                made[0]++;
            }
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            run(rooms, Client.leavingAfter(3), new HangUp.Cancel());
            assertThat(made[0]).isEqualTo(3);
        }
    }

    @OnBothDatabases
    void complaint_20_or_it_is_read_to_its_end_where_that_is_wished_and_charged_as_it_reports(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Client client = Client.leavingAfter(1);
            RelayOutcome drained = run(rooms, client, new HangUp.Drain());
            assertThat(client.told).hasSize(1);
            assertThat(drained.ending()).isEqualTo(Ending.HUNG_UP);
            assertThat(drained.reported()).isTrue();
            assertThat(drained.charge()).isEqualTo(MICRO.times(16));
        }
    }

    @OnBothDatabases
    void complaint_20_or_so_many_tokens_or_seconds_more(TestDatabase db) {
        one.script = (call, sink) -> {
            while (sink.wanted()) {
                sink.text("word");
                db.clock().advance(Duration.ofSeconds(1));
            }
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome tokens = run(rooms, Client.leavingAfter(2), new HangUp.DrainTokens(5));
            assertThat(tokens.used().get(Unit.OUTPUT_TOKEN)).isEqualTo(7);
            RelayOutcome seconds = run(rooms, Client.leavingAfter(2), new HangUp.DrainFor(Duration.ofSeconds(10)));
            assertThat(seconds.used().get(Unit.OUTPUT_TOKEN)).isBetween(10L, 13L);
            RelayOutcome time = run(rooms, Client.leavingAfter(2), new HangUp.Drain());
            assertThat(time.used().get(Unit.OUTPUT_TOKEN))
                    .as("never beyond what is held")
                    .isEqualTo(100);
        }
    }

    @OnBothDatabases
    void complaint_21_an_interrupted_stream_stands_in_usage(TestDatabase db) {
        one.script = failsAfter(1, ProblemCode.UPSTREAM_TIMEOUT, "cut");
        try (TestingRooms rooms = new TestingRooms(db)) {
            run(rooms, new Client());
            assertThat(
                            db.database()
                                    .<Long>read(
                                            tx -> tx.count(
                                                    "select count(*) from usage_rows where provider = 'one' and units_source = 'estimate'")))
                    .isEqualTo(1);
        }
    }

    @OnBothDatabases
    void complaint_41_an_upstream_that_drops_is_an_error_and_never_a_whole_answer(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            for (TextProvider drops :
                    List.of(failsAfter(2, ProblemCode.UPSTREAM_ERROR, "reset"), (call, sink) -> sink.text("word"))) {
                one.script = drops;
                Client client = new Client();
                assertThat(run(rooms, client).ending()).isEqualTo(Ending.BROKEN);
                assertThat(client.problem).isNotNull();
                assertThat(client.outcome.finish()).isNull();
            }
            one.script = failsAfter(0, ProblemCode.UPSTREAM_ERROR, "reset");
            assertThat(run(rooms, new Client()).ending())
                    .as("before the first piece")
                    .isEqualTo(Ending.COMPLETE);
        }
    }

    @OnBothDatabases
    void complaint_42_every_failure_of_an_upstream_before_its_first_piece_goes_to_the_next(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            for (ProblemCode code : List.of(
                    ProblemCode.UPSTREAM_ERROR,
                    ProblemCode.UPSTREAM_TIMEOUT,
                    ProblemCode.UPSTREAM_UNKNOWN,
                    ProblemCode.NO_CAPACITY,
                    ProblemCode.RATE_LIMITED,
                    ProblemCode.UNAVAILABLE)) {
                one.script = failsAfter(0, code, "not now");
                int before = two.calls.size();
                assertThat(run(rooms, new Client()).ending()).as(code.name()).isEqualTo(Ending.COMPLETE);
                assertThat(two.calls).as(code.name()).hasSize(before + 1);
            }
        }
    }

    @OnBothDatabases
    void complaint_44_a_stream_falls_back_as_a_whole_answer_does(TestDatabase db) {
        one.script = failsAfter(0, ProblemCode.UPSTREAM_ERROR, "down");
        try (TestingRooms rooms = new TestingRooms(db)) {
            Client client = new Client();
            run(rooms, client);
            assertThat(client.told).hasSize(4);
            assertThat(one.calls).hasSize(1);
            assertThat(two.calls).hasSize(1);
            assertThat(rooms.spent()).isEqualTo(MICRO.times(16));
        }
    }
}
