package dev.millrace.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.WebhookSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is stopped in the middle of its work (SIGSTOP), longer than its lease, and then goes on (F1). */
class FrozenNodeTest {
    private static final int JOBS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(16);

    @TempDir
    Path folder;

    @Test
    void what_another_node_took_over_is_changed_no_more_by_the_one_that_had_it() {
        Map<String, String> shared = Map.of(
                "MILLRACE_SECURITY_MASTER_KEY", "0123456789abcdef".repeat(4),
                "MILLRACE_ASSETS_FOLDER", folder.resolve("assets").toString());
        try (WebhookSink sink = WebhookSink.start();
                Installed installed = Installed.on(SqlDialect.POSTGRESQL, folder.resolve("one"))) {
            Customer customer = new Customer(installed.init(shared), "a frozen mill", sink.url());
            Program first = installed.serve(shared);
            URI frozen = Installed.ready(first).orElseThrow();
            running(customer, frozen);
            first.signal("STOP");

            Program second = installed.serve(folder.resolve("two"), shared);
            URI other = Installed.ready(second).orElseThrow(() -> new AssertionError(second.err()));
            completed(customer, other);
            Await.until("all are told", PATIENCE, () -> sink.deliveries().size() >= JOBS);
            List<Long> before = books(installed);

            first.signal("CONT");
            customer.submit(frozen, 0);
            Await.until(
                    "it works again",
                    PATIENCE,
                    () -> customer.ids()
                            .allMatch(id -> customer.status(frozen, id).equals("completed")));
            Await.until("and tells", PATIENCE, () -> sink.deliveries().size() > JOBS);
            assertThat(first.terminate().code()).isZero();
            assertThat(second.terminate().code()).isZero();
            assertThat(sink.deliveries()).as("each told once").hasSize(JOBS + 1);
            List<Long> after = books(installed);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i) * JOBS).as("one job more, nothing else").isEqualTo(before.get(i) * (JOBS + 1));
            }
            installed.inspect(true);
        }
    }

    @Test
    void a_node_that_is_alone_goes_on_with_what_it_had() {
        try (WebhookSink sink = WebhookSink.start();
                Installed installed = Installed.on(SqlDialect.SQLITE, folder)) {
            Customer customer = new Customer(installed.init(Map.of()), "a frozen mill", sink.url());
            Program node = installed.serve(Map.of());
            URI url = Installed.ready(node).orElseThrow();
            running(customer, url);
            node.signal("STOP");
            assertThat(node.endsWithin(LONGER_THAN_A_LEASE)).isFalse();
            node.signal("CONT");
            completed(customer, url);
            Await.until("all are told", PATIENCE, () -> sink.deliveries().size() >= JOBS);
            assertThat(node.terminate().code()).isZero();
            assertThat(sink.deliveries()).as("each told once").hasSize(JOBS);
            installed.inspect(true);
        }
    }

    private static void running(Customer customer, URI url) {
        for (int i = 0; i < JOBS; i++) {
            assertThat(customer.submit(url, 2_000)).isTrue();
        }
        Await.until(
                "they run",
                PATIENCE,
                () -> customer.ids().allMatch(id -> customer.status(url, id).equals("in_progress")));
    }

    private static void completed(Customer customer, URI url) {
        Await.until(
                "they are completed",
                PATIENCE,
                () -> customer.ids().allMatch(id -> customer.status(url, id).equals("completed")));
    }

    /** What grows with each job that ends, and with nothing else. */
    private static List<Long> books(Installed installed) {
        return List.of(
                installed.count("select count(*) from transfers where kind <> 'topup'"),
                installed.count("select count(*) from usage_rows"),
                installed.count("select count(*) from jobs where state = 'completed'"),
                installed.count("select sum(charge) from usage_rows"));
    }
}
