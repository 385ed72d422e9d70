package dev.millrace.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.limits.LimitSettings;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.UpstreamException;
import dev.millrace.relay.RelayOutcome.Ending;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final List<String> PIECES = List.of("The", " mill", " turns", ".");
    private static final Units REPORT = Units.of(Unit.INPUT_TOKEN, 7).with(Unit.OUTPUT_TOKEN, 4);
    private static final Money OF_REPORT = Money.usd("0.000011");

    private final Client client = new Client();
    private final TestingTextProvider one = new TestingTextProvider("one", cutAfter(PIECES.size(), true));
    private final TestingTextProvider two = new TestingTextProvider("two", cutAfter(PIECES.size(), true));

    /** Tells so many pieces, and then the end, or breaks off. */
    private static TextProvider cutAfter(int pieces, boolean end) {
        return (call, sink) -> {
            for (String piece : PIECES.subList(0, pieces)) {
                if (!sink.wanted()) {
                    return;
                }
                sink.text(piece);
            }
            if (!sink.wanted()) {
                return;
            }
            if (!end) {
                throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "It broke off.", true, null);
            }
            sink.usage(REPORT);
            sink.end(FinishReason.STOP);
        };
    }

    private RelayOutcome run(TestingRooms rooms) {
        return rooms.relay(one, two).run(rooms.text("Does the mill turn?"), client);
    }

    @OnBothDatabases
    void an_answer_is_streamed_and_charged_as_the_upstream_reports(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome outcome = run(rooms);
            assertThat(client.told).isEqualTo(PIECES);
            assertThat(client.outcome).isEqualTo(outcome);
            assertThat(outcome.ending()).isEqualTo(Ending.COMPLETE);
            assertThat(outcome.finish()).isEqualTo(FinishReason.STOP);
            assertThat(outcome.reported()).isTrue();
            assertThat(outcome.charge()).isEqualTo(OF_REPORT);
            assertThat(rooms.spent()).isEqualTo(OF_REPORT);
            assertThat(two.calls).isEmpty();
        }
    }

    @OnBothDatabases
    void a_reported_zero_stays_zero(TestDatabase db) {
        one.script = (call, sink) -> {
            sink.text("free");
            sink.usage(REPORT);
            sink.usage(Units.NONE);
            sink.end(FinishReason.STOP);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(run(rooms).charge()).isEqualTo(Money.ZERO);
            assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from usage_rows")))
                    .isEqualTo(1);
        }
    }

    @OnBothDatabases
    void what_the_upstream_asks_beyond_the_hold_is_not_the_customers(TestDatabase db) {
        one.script = (call, sink) -> {
            sink.text("dear");
            sink.usage(Units.of(Unit.OUTPUT_TOKEN, 1_000_000));
            sink.end(FinishReason.STOP);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(run(rooms).charge()).isEqualTo(Money.usd("0.00015"));
        }
    }

    @OnBothDatabases
    void without_a_report_what_passed_is_counted(TestDatabase db) {
        one.script = (call, sink) -> {
            PIECES.forEach(sink::text);
            sink.end(FinishReason.LENGTH);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome outcome = run(rooms);
            assertThat(outcome.reported()).isFalse();
            assertThat(outcome.used()).isEqualTo(Units.of(Unit.INPUT_TOKEN, 5).with(Unit.OUTPUT_TOKEN, 4));
        }
    }

    @OnBothDatabases
    void an_answer_cut_after_any_piece_ends_well_and_is_charged_by_what_came(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            for (int pieces = 1; pieces <= PIECES.size(); pieces++) {
                Client cut = new Client();
                one.script = cutAfter(pieces, false);
                RelayOutcome outcome = rooms.relay(one, two).run(rooms.text("Does the mill turn?"), cut);
                assertThat(cut.told).isEqualTo(PIECES.subList(0, pieces));
                assertThat(outcome.ending()).isEqualTo(Ending.BROKEN);
                assertThat(cut.problem.code()).isEqualTo(ProblemCode.UPSTREAM_ERROR);
                assertThat(outcome.used().get(Unit.OUTPUT_TOKEN)).isEqualTo(pieces);
                assertThat(two.calls).isEmpty();
            }
        }
    }

    @OnBothDatabases
    void a_client_that_hangs_up_after_any_piece_stops_the_upstream_and_pays_for_what_was_made(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            for (boolean breaks : new boolean[] {false, true}) {
                for (int pieces = 1; pieces <= PIECES.size(); pieces++) {
                    Client leaving = new Client();
                    leaving.takes = pieces;
                    leaving.breaks = breaks;
                    RelayOutcome outcome = rooms.relay(one, two).run(rooms.text("Does the mill turn?"), leaving);
                    assertThat(leaving.told).hasSize(pieces);
                    assertThat(leaving.outcome).isNull();
                    assertThat(outcome.ending()).isEqualTo(Ending.HUNG_UP);
                    assertThat(outcome.used().get(Unit.OUTPUT_TOKEN)).isEqualTo(pieces);
                    assertThat(outcome.charge().isPositive()).isTrue();
                }
            }
        }
    }

    @OnBothDatabases
    void a_client_that_hangs_up_before_the_first_piece_pays_nothing(TestDatabase db) {
        client.takes = 0;
        one.script = (call, sink) -> {
            sink.usage(Units.of(Unit.INPUT_TOKEN, 7));
            assertThat(sink.wanted()).isFalse();
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            RelayOutcome outcome = run(rooms);
            assertThat(outcome.ending()).isEqualTo(Ending.HUNG_UP);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(two.calls).isEmpty();
        }
    }

    @OnBothDatabases
    void before_the_first_piece_another_upstream_takes_over(TestDatabase db) {
        one.script = cutAfter(0, false);
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(run(rooms).ending()).isEqualTo(Ending.COMPLETE);
            assertThat(client.told).isEqualTo(PIECES);
            assertThat(two.calls.getFirst().requestId())
                    .isNotEqualTo(one.calls.getFirst().requestId());
            assertThat(rooms.spent()).isEqualTo(OF_REPORT);
        }
    }

    @OnBothDatabases
    void when_every_upstream_fails_the_problem_is_told_and_nothing_charged(TestDatabase db) {
        one.script = cutAfter(0, false);
        two.script = (call, sink) -> {
            throw new UpstreamException(ProblemCode.RATE_LIMITED, "Busy.", true, Duration.ofSeconds(3));
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            ProblemException failed = catchThrowableOfType(ProblemException.class, () -> run(rooms));
            assertThat(failed.problem().code()).isEqualTo(ProblemCode.RATE_LIMITED);
            assertThat(failed.problem().retryAfter()).isEqualTo(Duration.ofSeconds(3));
            assertThat(client.told).isEmpty();
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
        }
    }

    @OnBothDatabases
    void an_adapter_that_says_nothing_or_throws_anything_is_a_failed_upstream(TestDatabase db) {
        one.script = (call, sink) -> {};
        two.script = (call, sink) -> {
            throw new IllegalStateException("CANARY: what the prompt was");
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            ProblemException failed = catchThrowableOfType(ProblemException.class, () -> run(rooms));
            assertThat(failed.problem().code()).isEqualTo(ProblemCode.UPSTREAM_ERROR);
            assertThat(failed.problem().detail()).doesNotContain("CANARY");
        }
    }

    @OnBothDatabases
    void input_that_is_at_fault_goes_to_no_other_upstream(TestDatabase db) {
        one.script = (call, sink) -> {
            throw new UpstreamException(ProblemCode.CONTENT_REJECTED, "Not this.", false, null);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> run(rooms))
                            .problem()
                            .code())
                    .isEqualTo(ProblemCode.CONTENT_REJECTED);
            assertThat(two.calls).isEmpty();
        }
    }

    @OnBothDatabases
    void an_upstream_that_takes_too_long_is_stopped(TestDatabase db) {
        one.script = (call, sink) -> {
            sink.text("slow");
            db.clock().advance(Duration.ofMinutes(6));
            assertThat(sink.wanted()).isFalse();
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(run(rooms).ending()).isEqualTo(Ending.BROKEN);
            assertThat(client.problem.code()).isEqualTo(ProblemCode.UPSTREAM_TIMEOUT);
        }
    }

    @OnBothDatabases
    void without_a_hold_no_upstream_is_called(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            db.writer().write("x", tx -> tx.update("update wallets set available = 0"));
            Relay relay = rooms.relay(one, two);
            assertThat(catchThrowableOfType(ProblemException.class, () -> relay.run(rooms.text("x"), client))
                            .problem()
                            .code())
                    .isEqualTo(ProblemCode.INSUFFICIENT_FUNDS);
            assertThat(one.calls).isEmpty();
            db.writer().write("x", tx -> tx.update("update wallets set available = ?", TestingRooms.START));
        }
    }

    @OnBothDatabases
    void a_key_has_so_many_live_requests_and_gets_its_permit_back(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.limits = new LimitSettings(600, 1, 10);
            Relay relay = rooms.relay(one, two);
            try (Started started = relay.start(rooms.text("x"))) {
                assertThat(started).isNotNull();
                assertThat(catchThrowableOfType(ProblemException.class, () -> relay.start(rooms.text("x")))
                                .problem()
                                .code())
                        .isEqualTo(ProblemCode.CONCURRENCY_REACHED);
            }
            assertThat(relay.run(rooms.text("x"), client).ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void the_hold_of_a_node_that_died_is_given_back_within_a_minute() {
        try (TestDatabase db = TestDatabase.sqlite();
                TestingRooms rooms = new TestingRooms(db)) {
            rooms.relay(one, two).start(rooms.text("x"));
            assertThat(rooms.balance().held().isPositive()).isTrue();
            Relay next = rooms.relay(one, two);
            db.clock().advance(Duration.ofSeconds(50));
            next.start();
            Await.until("the hold is given back", () -> rooms.balance().held().isZero());
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
        }
    }
}
