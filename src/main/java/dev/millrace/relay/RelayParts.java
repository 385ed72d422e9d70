package dev.millrace.relay;

import dev.millrace.access.Principal;
import dev.millrace.billing.Billing;
import dev.millrace.billing.allowance.Allowances;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.LivePermits;
import dev.millrace.limits.TokenUse;
import dev.millrace.problem.Problem;
import dev.millrace.routing.Router;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What live requests are run with.
 *
 * @param allowances what requests are granted from that no hold of their own is written for; closed with the relay
 * @param tokens is told what each request used
 * @param stops why what a key has running must end; empty while it may go on. Asked often, so it must be quick
 * @param owner names this start of this node
 */
public record RelayParts(
        Database database,
        DueWork dueWork,
        Billing billing,
        Allowances allowances,
        Idempotency idempotency,
        Router router,
        LivePermits permits,
        TokenUse tokens,
        Function<Principal, Optional<Problem>> stops,
        IdSource ids,
        InstantSource clock,
        MeterRegistry metrics,
        String owner,
        RelaySettings settings) {}
