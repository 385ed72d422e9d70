package dev.millrace.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.ToolPiece;
import dev.millrace.provider.UpstreamException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;

class LiveKeyTest {
    private static final Units REPORT = Units.of(Unit.INPUT_TOKEN, 7).with(Unit.OUTPUT_TOKEN, 1);

    private static final RelaySink CLIENT = new RelaySink() {
        @Override
        public void text(String piece) {
            // it takes whatever comes
        }

        @Override
        public void tool(ToolPiece piece) {
            // of tools too
        }

        @Override
        public void end(RelayOutcome outcome) {
            // and needs no end
        }

        @Override
        public void broken(Problem problem, RelayOutcome outcome) {
            // nor a reason
        }

        @Override
        public boolean wanted() {
            return true;
        }
    };

    private static final TextProvider ANSWERS = (call, sink) -> {
        sink.text("Yes.");
        sink.usage(REPORT);
        sink.end(FinishReason.STOP);
    };

    private static final TextProvider FAILS = (call, sink) -> {
        throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "It broke.", true, null);
    };

    private static final TextProvider BREAKS_OFF = (call, sink) -> {
        sink.text("Ye");
        throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "It broke.", true, null);
    };

    private static LiveKey key(TestingRooms rooms, String body) {
        return new LiveKey(
                new IdempotencyKey(rooms.principal.organization(), "POST /chat", "k"),
                Fingerprint.of(Json.object().put("prompt", body)));
    }

    private static Problem refusal(Runnable call) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, call::run);
        assertThat(refused).isNotNull();
        return refused.problem();
    }

    @OnBothDatabases
    void a_repeat_is_told_that_it_runs_and_then_that_it_was_answered_and_is_never_charged_again(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Relay relay = rooms.relay(new TestingTextProvider("one", ANSWERS));
            LiveKey key = key(rooms, "x");
            relay.refuseRepeat(key);
            Started first = relay.start(rooms.text("x"), key);
            assertThat(refusal(() -> relay.refuseRepeat(key)).code()).isEqualTo(ProblemCode.IDEMPOTENCY_IN_USE);
            assertThat(refusal(() -> relay.refuseRepeat(key)).retryAfter()).isNotNull();
            assertThat(refusal(() -> relay.start(rooms.text("x"), key)).code())
                    .isEqualTo(ProblemCode.IDEMPOTENCY_IN_USE);
            assertThat(refusal(() -> relay.start(rooms.text("y"), key(rooms, "y")))
                            .code())
                    .isEqualTo(ProblemCode.IDEMPOTENCY_MISMATCH);
            first.run(CLIENT);
            var spent = rooms.spent();
            assertThat(spent.isPositive()).isTrue();
            for (Problem told : new Problem[] {
                refusal(() -> relay.refuseRepeat(key)), refusal(() -> relay.start(rooms.text("x"), key))
            }) {
                assertThat(told.code()).isEqualTo(ProblemCode.ALREADY_ANSWERED);
                assertThat(told.facts())
                        .containsEntry("answered_request_id", first.id().text());
            }
            assertThat(rooms.spent()).isEqualTo(spent);
            assertThat(rooms.balance().held().isZero()).isTrue();
        }
    }

    @OnBothDatabases
    void what_failed_without_a_charge_may_be_sent_again_and_what_was_charged_may_not(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            LiveKey key = key(rooms, "x");
            Relay failing = rooms.relay(new TestingTextProvider("one", FAILS));
            for (int i = 0; i < 2; i++) {
                assertThat(refusal(() -> failing.start(rooms.text("x"), key).run(CLIENT))
                                .code())
                        .isEqualTo(ProblemCode.UPSTREAM_ERROR);
            }
            failing.start(rooms.text("x"), key).close();
            rooms.relay(new TestingTextProvider("one", BREAKS_OFF))
                    .start(rooms.text("x"), key)
                    .run(CLIENT);
            assertThat(rooms.spent().isPositive()).isTrue();
            assertThat(refusal(() -> failing.refuseRepeat(key)).code()).isEqualTo(ProblemCode.ALREADY_ANSWERED);
        }
    }

    @OnBothDatabases
    void the_key_of_a_node_that_died_is_free_with_its_hold(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            LiveKey key = key(rooms, "x");
            Started abandoned =
                    rooms.relay(new TestingTextProvider("one", ANSWERS)).start(rooms.text("x"), key);
            Relay next = rooms.relay(new TestingTextProvider("one", ANSWERS));
            assertThat(refusal(() -> next.refuseRepeat(key)).code()).isEqualTo(ProblemCode.IDEMPOTENCY_IN_USE);
            db.writer().write("x", tx -> tx.update("update due_work set due_at = 0 where kind = 'live'"));
            next.start();
            Await.until("the hold is given back", () -> rooms.balance().held().isZero());
            next.refuseRepeat(key);
            Started second = next.start(rooms.text("x"), key);
            abandoned.run(CLIENT);
            assertThat(refusal(() -> next.refuseRepeat(key)).code())
                    .as("a node that was taken for dead does not answer for another's request")
                    .isEqualTo(ProblemCode.IDEMPOTENCY_IN_USE);
            second.run(CLIENT);
            assertThat(refusal(() -> next.refuseRepeat(key)).facts())
                    .containsEntry("answered_request_id", second.id().text());
        }
    }
}
