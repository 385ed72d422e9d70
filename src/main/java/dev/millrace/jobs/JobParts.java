package dev.millrace.jobs;

import dev.millrace.assets.Assets;
import dev.millrace.billing.Billing;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.TokenUse;
import dev.millrace.routing.Router;
import dev.millrace.webhooks.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What jobs are made with.
 *
 * @param owner names this start of this node
 * @param tokens is told what each language job used
 * @param intake what looks at content before an upstream gets it
 * @param callbacks what upstreams call back with
 * @param tellers by dialect; a dialect without one tells nobody
 * @param companions who keeps rows of their own beside jobs
 */
public record JobParts(
        Database database,
        DueWork dueWork,
        Billing billing,
        Idempotency idempotency,
        JobSlots slots,
        TokenUse tokens,
        Catalog catalog,
        Router router,
        Assets assets,
        Intake intake,
        CallbackParts callbacks,
        Webhooks webhooks,
        Map<String, WebhookTeller> tellers,
        List<JobCompanion> companions,
        Seal seal,
        IdSource ids,
        InstantSource clock,
        MeterRegistry metrics,
        TestSignals signals,
        String owner,
        JobSettings settings) {
    public JobParts {
        tellers = Map.copyOf(tellers);
        companions = List.copyOf(companions);
    }

    /** How long outputs are kept where the request does not say it: as the organization has set, else as the model is made. */
    Duration usualRetention(OrganizationId organization, Model model) {
        return assets.retentions().of(organization).orElse(model.retention());
    }

    /** This moment as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
