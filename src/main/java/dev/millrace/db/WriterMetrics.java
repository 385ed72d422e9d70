package dev.millrace.db;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;

/** What the Writer counts: how full its batches are, how long commits take, how much waits. */
final class WriterMetrics {
    private final MeterRegistry metrics;
    private final Timer commit;
    private final DistributionSummary batch;
    private final Counter refused;

    WriterMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.commit = Timer.builder("millrace.writer.commit")
                .description("from the first unit of a batch to its durable commit")
                .register(metrics);
        this.batch = DistributionSummary.builder("millrace.writer.batch")
                .description("units of work in one commit")
                .register(metrics);
        this.refused = Counter.builder("millrace.writer.refused")
                .description("units refused because the lane was full")
                .register(metrics);
    }

    void watch(String lane, Collection<?> queue) {
        Gauge.builder("millrace.writer.queue", queue::size).tag("lane", lane).register(metrics);
    }

    Timer.Sample begin() {
        return Timer.start(metrics);
    }

    void committed(Timer.Sample begun, int units) {
        begun.stop(commit);
        batch.record(units);
    }

    void refused() {
        refused.increment();
    }

    /** Counts a batch that did not go through at once, by what became of it. */
    void troubled(BatchOutcome outcome) {
        metrics.counter("millrace.writer.trouble", "outcome", outcome.slug()).increment();
    }
}
