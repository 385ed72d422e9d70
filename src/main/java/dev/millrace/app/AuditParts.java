package dev.millrace.app;

import dev.millrace.api.millrace.audit.AuditApi;
import dev.millrace.api.millrace.audit.ReconcileApi;
import dev.millrace.api.millrace.audit.ReconcileRoutes;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.audit.holds.HoldTimes;
import dev.millrace.audit.holds.StuckHolds;
import dev.millrace.audit.runs.AuditGauges;
import dev.millrace.audit.runs.AuditRuns;
import dev.millrace.audit.runs.AuditWatch;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.lease.DueWork;
import dev.millrace.reconcile.Reconciliations;
import dev.millrace.server.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** What makes the ledger check itself, as a node and the command line have it. */
record AuditParts(Core core, AuditRuns runs, StuckHolds holds, Reconciliations reconciliations) {
    private static final Duration LONGEST = Duration.ofHours(6);

    static AuditParts of(Core core) {
        PriceVersionStore prices = new PriceVersionStore();
        AuditRuns runs = new AuditRuns(core.database(), core.audit(), prices::find, core.ids(), core.trail());
        HoldTimes times = new HoldTimes(
                core.settings().audit().grace(), core.settings().jobs().queueTimeout(), model -> timeout(core, model));
        MeterRegistry metrics = core.metrics().registry();
        return new AuditParts(
                core,
                runs,
                new StuckHolds(core.database(), core.billing(), new DueWork(), core.trail(), metrics, times, List.of()),
                new Reconciliations(core.database(), MoneyParts.of(core).treasury(), core.trail(), core.ids()));
    }

    private static Duration timeout(Core core, String model) {
        return core.catalog()
                .find(model)
                .map(Model::timeout)
                .orElseGet(() -> core.catalog().all().stream()
                        .map(Model::timeout)
                        .max(Comparator.naturalOrder())
                        .orElse(LONGEST));
    }

    /** Begins the schedule, and shows what was found as metrics. */
    Node.Part start(DueWork dueWork, String owner) {
        MeterRegistry metrics = core.metrics().registry();
        new AuditGauges(core.database(), runs.store(), holds.store()).register(metrics, runs.checks());
        AuditWatch watch = new AuditWatch(
                core.database(), dueWork, runs, holds, core.settings().audit(), owner, metrics);
        watch.start();
        return limit -> watch.close();
    }

    void register(Routes routes, OpenApiDocument document) {
        new AuditApi(core.access(), core.database(), runs, holds).register(routes, document);
        new ReconcileApi(new ReconcileRoutes(core.access(), core.database(), reconciliations))
                .register(routes, document);
    }
}
