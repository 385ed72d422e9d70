package dev.millrace.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.UpstreamException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.FaultProxy;
import dev.millrace.testkit.FaultProxy.Fault;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Live requests with holds of their own, whose end the database does not take at first. */
class OutageAtTheEndTest {
    private static final Units REPORT = Units.of(Unit.INPUT_TOKEN, 7).with(Unit.OUTPUT_TOKEN, 4);
    private static final Money OF_REPORT = Money.usd("0.000011");

    private interface Body {
        void run(TestingRooms rooms, FaultProxy proxy);
    }

    private static void withProxy(Body body) {
        LocalPostgres server = LocalPostgres.shared();
        try (FaultProxy proxy = FaultProxy.to(server.port());
                TestDatabase db = TestDatabase.postgres(server, proxy.port());
                TestingRooms rooms = new TestingRooms(db)) {
            body.run(rooms, proxy);
        }
    }

    @Test
    void what_was_delivered_while_the_database_was_away_is_charged_once_when_it_is_back() {
        withProxy((rooms, proxy) -> {
            TestingTextProvider one = new TestingTextProvider("one", (call, sink) -> {
                sink.text("The mill turns.");
                proxy.refuse(true);
                proxy.cut();
                sink.usage(REPORT);
                sink.end(FinishReason.STOP);
            });
            Client client = new Client();
            rooms.relay(one).run(rooms.text("Does the mill turn?"), client);
            assertThat(client.told).isEqualTo(List.of("The mill turns."));
            proxy.refuse(false);
            Await.until("it is charged", () -> held(rooms) == 0);
            assertThat(rooms.spent()).isEqualTo(OF_REPORT);
        });
    }

    @Test
    void an_end_that_was_committed_and_not_answered_is_charged_once() {
        withProxy((rooms, proxy) -> {
            TestingTextProvider one = new TestingTextProvider("one", (call, sink) -> {
                sink.text("The mill turns.");
                proxy.onNextCommit(Fault.DROP_ANSWER);
                proxy.refuse(true);
                sink.usage(REPORT);
                sink.end(FinishReason.STOP);
            });
            Thread back = Thread.startVirtualThread(() -> {
                Await.until("the answer is dropped", () -> proxy.struck() > 0);
                proxy.refuse(false);
            });
            rooms.relay(one).run(rooms.text("Does the mill turn?"), new Client());
            Await.until("it is charged", () -> held(rooms) == 0);
            assertThat(rooms.spent()).isEqualTo(OF_REPORT);
            assertThat(back.isAlive()).isFalse();
        });
    }

    @Test
    void what_failed_while_the_database_was_away_is_given_back_soon_after() {
        withProxy((rooms, proxy) -> {
            TestingTextProvider one = new TestingTextProvider("one", (call, sink) -> {
                proxy.refuse(true);
                proxy.cut();
                throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "It broke.", false, null);
            });
            ProblemException failed = catchThrowableOfType(
                    ProblemException.class, () -> rooms.relay(one).run(rooms.text("Does it?"), new Client()));
            assertThat(failed.problem().code()).isEqualTo(ProblemCode.UPSTREAM_ERROR);
            proxy.refuse(false);
            Await.until("it is back", () -> held(rooms) == 0);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
        });
    }

    private static long held(TestingRooms rooms) {
        try {
            return rooms.db.database().<Long>read(tx -> tx.count("select held from wallets"));
        } catch (ProblemException away) {
            return -1;
        }
    }
}
