package dev.millrace.relay;

import dev.millrace.billing.Billing;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.LivePermits;
import dev.millrace.routing.Router;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * What live requests are run with.
 *
 * @param owner names this start of this node
 */
public record RelayParts(
        Database database,
        DueWork dueWork,
        Billing billing,
        Idempotency idempotency,
        Router router,
        LivePermits permits,
        IdSource ids,
        InstantSource clock,
        MeterRegistry metrics,
        String owner,
        RelaySettings settings) {}
