package dev.millrace.invoices;

import dev.millrace.billing.Billing;
import dev.millrace.db.Database;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.Zones;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;

/** What invoices are made of. */
public record InvoiceParts(
        Database database,
        Billing billing,
        Wallet wallet,
        UsageStore usage,
        DueWork dueWork,
        Trail trail,
        Zones zones,
        InvoiceSettings settings) {}
