package dev.millrace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.millrace.people.Folk;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person is erased once, whoever else asks for it and whoever reads meanwhile. */
class PersonErasureTest {
    private static final String NAME = "quillon.brackenfall";
    private static final int ASKED = 4;

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void everybody_who_asks_at_once_gets_the_same_receipt(SqlDialect dialect) throws Exception {
        try (Gateway gateway = Folk.gateway(dialect, Folk.OPEN);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String person = person(gateway);
            CyclicBarrier together = new CyclicBarrier(ASKED);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < ASKED; i++) {
                String reason = "ticket " + i;
                replies.add(threads.submit(() -> {
                    together.await();
                    return erase(gateway, person, reason);
                }));
            }
            List<String> receipts = new ArrayList<>();
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().status()).as(reply.get().toString()).isEqualTo(200);
                receipts.add(reply.get().text());
            }
            assertThat(receipts).containsOnly(receipts.getFirst());
        }
    }

    @Test
    void what_a_reader_keeps_in_the_log_of_sqlite_goes_once_he_is_done() throws Exception {
        try (Gateway gateway = Folk.gateway(SqlDialect.SQLITE, Folk.OPEN);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String person = person(gateway);
            CountDownLatch reads = new CountDownLatch(1);
            CountDownLatch erased = new CountDownLatch(1);
            Future<Boolean> reader = threads.submit(() -> gateway.database().<Boolean>read(tx -> {
                tx.count("select count(*) from people");
                reads.countDown();
                awaited(erased);
                return true;
            }));
            reads.await();
            assertThat(erase(gateway, person, "ticket 1").status()).isEqualTo(200);
            assertThat(left(gateway)).as("held by the reader").isNotEmpty();
            erased.countDown();
            assertThat(reader.get()).isTrue();
            Await.until(
                    "nothing is left",
                    Duration.ofSeconds(60),
                    () -> left(gateway).isEmpty());
            Await.until(
                    "nothing is to be done",
                    () -> gateway.database()
                            .<Boolean>read(
                                    tx -> tx.count("select count(*) from due_work where kind = 'departure'") == 0));
        }
    }

    /** Somebody who owns nothing. */
    private static String person(Gateway gateway) {
        Caller operator = gateway.caller(gateway.operator());
        Reply made = operator.post(
                "/api/v1/people",
                "{\"email\":\"" + NAME + "@example.org\",\"name\":\"" + NAME + "\",\"role\":\"viewer\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("person").path("id").asString();
    }

    private static Reply erase(Gateway gateway, String person, String reason) {
        return gateway.caller(gateway.operator())
                .post("/api/v1/people/" + person + "/erase", "{\"reason\":\"" + reason + "\"}");
    }

    private static List<String> left(Gateway gateway) {
        try {
            return new Canary(NAME).below(gateway.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
