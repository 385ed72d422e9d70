package dev.millrace.app;

import dev.millrace.access.Access;
import dev.millrace.access.Organizations;
import dev.millrace.audit.Audit;
import dev.millrace.billing.Billing;
import dev.millrace.billing.PriceTerms;
import dev.millrace.billing.Quotes;
import dev.millrace.billing.WalletCaps;
import dev.millrace.billing.WalletWatch;
import dev.millrace.catalog.BundledModels;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.CatalogException;
import dev.millrace.catalog.PriceRecorder;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.config.ConfigException;
import dev.millrace.db.Database;
import dev.millrace.db.DatabaseOpenException;
import dev.millrace.id.IdSource;
import dev.millrace.limits.Caps;
import dev.millrace.payments.AutoTopUpTrigger;
import dev.millrace.telemetry.Metrics;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** Makes the rooms and hands each what it needs, from the bottom up. The only place that takes time and chance from the air. */
final class Wiring {
    private Wiring() {}

    static Instant now() {
        return InstantSource.system().instant();
    }

    static IdSource ids() {
        return new IdSource(InstantSource.system(), new SecureRandom());
    }

    /** The rooms that need no listener. */
    static Core core(Settings settings, DataDirectory data) {
        return core(settings, data, false);
    }

    /** The same for looking alone: where a server has the database file, it is read beside that one. */
    static Core coreToLook(Settings settings, DataDirectory data) {
        return core(settings, data, true);
    }

    private static Core core(Settings settings, DataDirectory data, boolean look) {
        BundledModels bundled = BundledModels.reading();
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        IdSource ids = new IdSource(clock, random);
        Metrics metrics = new Metrics();
        Database database = database(settings, data, clock, random, metrics, look);
        PriceVersionStore prices = new PriceVersionStore();
        Wallet wallet = new Wallet();
        UsageStore usage = new UsageStore();
        Trail trail = new Trail(ids);
        PriceTerms terms = new PriceTerms(database);
        Quotes quotes = new Quotes(prices::find, ids, terms);
        Organizations organizations = new Organizations(ids);
        Caps caps = new Caps(new WalletCaps(wallet), organizations::timeZone, trail);
        return new Core(
                settings,
                data,
                clock,
                random,
                ids,
                metrics,
                database,
                new Access(database, ids, settings.access()),
                organizations,
                trail,
                catalog(bundled, settings, metrics, recorder(database, prices)),
                wallet,
                usage,
                quotes,
                caps,
                new Billing(wallet, usage, quotes, prices::find, caps, watch(settings)),
                new PriceRooms(terms, prices),
                Audit.of(database, prices::find));
    }

    private static Database database(
            Settings settings,
            DataDirectory data,
            InstantSource clock,
            SecureRandom random,
            Metrics metrics,
            boolean look) {
        try {
            return Database.open(settings.databaseIn(data.folder()), clock, random, metrics.registry());
        } catch (DatabaseOpenException | IllegalArgumentException e) {
            if (look && e instanceof DatabaseOpenException refused && refused.inUse()) {
                return Database.beside(settings.databaseIn(data.folder()), clock);
            }
            metrics.close();
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /** Who is told of charges: nobody, where no payments are taken. */
    private static WalletWatch watch(Settings settings) {
        return settings.payments().on() ? new AutoTopUpTrigger()::settled : WalletWatch.NONE;
    }

    private static PriceRecorder recorder(Database database, PriceVersionStore prices) {
        if (database.readOnly()) {
            return models -> {
                // whoever has the database has recorded what it serves
            };
        }
        return models -> database.writer().write("catalog", tx -> {
            prices.remember(tx, models);
            return models.size();
        });
    }

    /** The models, as the settings want them. */
    static Catalog catalog(BundledModels bundled, Settings settings, Metrics metrics, PriceRecorder recorder) {
        try {
            return Catalog.open(bundled, settings.catalog(), recorder, metrics.registry());
        } catch (CatalogException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /** The whole gateway, listening. */
    static Node start(Settings settings, DataDirectory data) {
        Core core = core(settings, data);
        try {
            return new NodeWiring(core, Thread::sleep).start();
        } catch (RuntimeException e) {
            core.close();
            throw e;
        }
    }
}
