package dev.millrace.payments;

import dev.millrace.billing.Billing;
import dev.millrace.db.Database;
import dev.millrace.egress.Egress;
import dev.millrace.id.IdSource;
import dev.millrace.lease.DueWork;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Wallet;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * What payments by card are made of.
 *
 * @param owner names this start of this node
 */
public record PaymentParts(
        Database database,
        Billing billing,
        Wallet wallet,
        DueWork dueWork,
        Trail trail,
        Egress egress,
        IdSource ids,
        InstantSource clock,
        MeterRegistry metrics,
        String owner,
        PaymentSettings settings) {}
