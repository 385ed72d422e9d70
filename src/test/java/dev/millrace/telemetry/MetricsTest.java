package dev.millrace.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void a_scrape_shows_rooms_and_the_process() {
        try (Metrics metrics = new Metrics()) {
            metrics.watchProcess();
            metrics.registry().counter("millrace.things", "kind", "good").increment(2);
            assertThat(metrics.scrape())
                    .contains("millrace_things_total{kind=\"good\"} 2.0")
                    .contains("jvm_memory_used_bytes")
                    .contains("process_uptime_seconds");
        }
    }
}
