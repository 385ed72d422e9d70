package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator is paged by still shows numbers once the garbage collector has been by. */
class GaugesTest {
    @Test
    void every_gauge_of_a_node_still_reads_after_a_collection() {
        try (Gateway gateway = Gateway.start()) {
            Caller operator = gateway.caller(gateway.operator());
            for (String scope : List.of("full", "new")) {
                assertThat(operator.post("/api/v1/audit/run", "{\"scope\":\"" + scope + "\"}")
                                .status())
                        .isEqualTo(201);
            }
            collect();
            List<String> shown = new Caller(gateway.url())
                    .get("/metrics")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("millrace_"))
                    .toList();
            assertThat(shown).filteredOn(line -> line.endsWith(" NaN")).isEmpty();
            assertThat(shown)
                    .contains("millrace_audit_check{check=\"M1\"} 1.0")
                    .anyMatch(line -> line.startsWith("millrace_holds_unresolved{state=\"open\"} 0"))
                    .anyMatch(line -> line.startsWith("millrace_writer_queue{"))
                    .anyMatch(line -> line.startsWith("millrace_work_running{"))
                    .anyMatch(line -> line.startsWith("millrace_relay_unwritten "))
                    .anyMatch(line -> line.startsWith("millrace_allowance_unwritten "))
                    .anyMatch(line -> line.startsWith("millrace_catalog_stale "))
                    .anyMatch(line -> line.startsWith("millrace_moderation_stale "));
        }
    }

    /** Forces a collection: what only a weak reference keeps is gone when this returns. */
    private static void collect() {
        var sentinel = new WeakReference<>(new Object());
        Await.until("the collector has taken what nothing keeps", () -> {
            System.gc();
            return sentinel.get() == null;
        });
    }
}
