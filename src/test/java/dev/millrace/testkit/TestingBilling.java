package dev.millrace.testkit;

import dev.millrace.billing.Billing;
import dev.millrace.billing.PriceBook;
import dev.millrace.billing.Quotes;
import dev.millrace.billing.WalletCaps;
import dev.millrace.id.IdSource;
import dev.millrace.limits.Caps;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.time.ZoneOffset;

/** Billing as the application puts it together, for organizations whose days begin by UTC. */
public final class TestingBilling {
    private TestingBilling() {}

    public static Billing of(Wallet wallet, Quotes quotes, PriceBook prices, IdSource ids) {
        return new Billing(wallet, new UsageStore(), quotes, prices, caps(wallet, ids));
    }

    public static Caps caps(Wallet wallet, IdSource ids) {
        return new Caps(new WalletCaps(wallet), (tx, organization) -> ZoneOffset.UTC, new Trail(ids));
    }
}
