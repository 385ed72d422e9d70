package dev.millrace.app;

import dev.millrace.access.Access;
import dev.millrace.access.Organizations;
import dev.millrace.audit.Audit;
import dev.millrace.billing.Billing;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.limits.Caps;
import dev.millrace.telemetry.Metrics;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The rooms that need no listener: what the administration works with, and what a node is built upon. */
record Core(
        Settings settings,
        DataDirectory data,
        InstantSource clock,
        SecureRandom random,
        IdSource ids,
        Metrics metrics,
        Database database,
        Access access,
        Organizations organizations,
        Trail trail,
        Catalog catalog,
        Wallet wallet,
        UsageStore usage,
        Quotes quotes,
        Caps caps,
        Billing billing,
        PriceRooms prices,
        Audit audit)
        implements AutoCloseable {
    /** Nobody set this installation up yet. */
    boolean isEmpty() {
        return database.read(organizations::none);
    }

    @Override
    public void close() {
        catalog.close();
        database.close();
        metrics.close();
    }
}
