package dev.millrace.billing.allowance;

import dev.millrace.access.Principal;
import dev.millrace.billing.Billing;
import dev.millrace.billing.BillingSettings;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.lease.DueWork;
import dev.millrace.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What allowances are kept with.
 *
 * @param stops why a principal may spend no more; empty while it may. Asked often, so it must be quick
 * @param owner names this start of this node
 */
public record AllowanceParts(
        Database database,
        DueWork dueWork,
        Billing billing,
        Function<Principal, Optional<Problem>> stops,
        IdSource ids,
        InstantSource clock,
        MeterRegistry metrics,
        String owner,
        BillingSettings settings,
        Pace pace) {}
