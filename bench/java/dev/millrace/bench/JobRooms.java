package dev.millrace.bench;

import dev.millrace.access.Access;
import dev.millrace.access.AccessSettings;
import dev.millrace.access.Environment;
import dev.millrace.access.Organizations;
import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.InputFiles;
import dev.millrace.admission.InputSettings;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.AssetSettings;
import dev.millrace.assets.Assets;
import dev.millrace.assets.LocalFolder;
import dev.millrace.billing.Billing;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.Intake;
import dev.millrace.jobs.JobParts;
import dev.millrace.jobs.JobSettings;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.TestSignals;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.LimitSettings;
import dev.millrace.limits.RequestRate;
import dev.millrace.moderation.Moderation;
import dev.millrace.moderation.ModerationSettings;
import dev.millrace.money.Money;
import dev.millrace.provider.sandbox.InputImages;
import dev.millrace.provider.sandbox.SandboxProvider;
import dev.millrace.provider.sandbox.SandboxSettings;
import dev.millrace.routing.Router;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.Wallet;
import dev.millrace.webhooks.DeliveryPolicy;
import dev.millrace.webhooks.WebhookSettings;
import dev.millrace.webhooks.Webhooks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The rooms that a job passes through, over one database: everything but the door. */
final class JobRooms implements AutoCloseable {
    private static final int NO_LIMIT = 1_000_000_000;

    final Admission admission;
    final Jobs jobs;
    final Principal principal;
    final Database database;
    private final SandboxProvider sandbox;

    JobRooms(Database database, Path folder) throws IOException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        IdSource ids = new IdSource(clock, random);
        LimitSettings limits = new LimitSettings(NO_LIMIT, NO_LIMIT, NO_LIMIT);
        PriceVersionStore prices = new PriceVersionStore();
        Catalog catalog = Catalog.bundled();
        Quotes quotes = new Quotes(prices::find, ids);
        Billing billing = new Billing(new Wallet(), new UsageStore(), quotes, prices::find);
        byte[] masterKey = new byte[Seal.MASTER_KEY_BYTES];
        this.database = database;
        this.sandbox = new SandboxProvider(
                SandboxSettings.INSTANT, clock, pause -> LockSupport.parkNanos(pause.toNanos()), InputImages.NONE);
        this.principal = signUp(database, ids, catalog, prices, billing);
        this.admission =
                new Admission(new RequestRate(limits, System::nanoTime), catalog, quotes, database, parameters -> {});
        Assets assets = new Assets(
                database,
                new LocalFolder(folder, ids, clock),
                new AssetLinks(masterKey),
                clock,
                AssetSettings.DEFAULTS);
        this.jobs = new Jobs(new JobParts(
                database,
                new DueWork(),
                billing,
                new Idempotency(),
                new JobSlots(limits),
                catalog,
                new Router(Map.of("sandbox", sandbox), random),
                assets,
                new Intake(
                        new InputFiles(
                                assets,
                                new Egress(EgressSettings.DEFAULTS, new SimpleMeterRegistry()),
                                InputSettings.DEFAULTS),
                        Moderation.open(ModerationSettings.DEFAULTS, new SimpleMeterRegistry())),
                webhooks(database, masterKey, random),
                Map.of(),
                List.of(),
                new Seal(masterKey, random),
                ids,
                clock,
                new SimpleMeterRegistry(),
                TestSignals.of(null, () -> {}),
                "bench",
                new JobSettings(2_000, Duration.ofHours(1), 8, 3, Duration.ofDays(1), Duration.ofSeconds(5))));
        jobs.start();
    }

    private static Webhooks webhooks(Database database, byte[] masterKey, SecureRandom random) {
        return new Webhooks(
                database,
                new DueWork(),
                new Seal(masterKey, random),
                new Egress(EgressSettings.DEFAULTS, new SimpleMeterRegistry()),
                DeliveryPolicy.ALL,
                WebhookSettings.DEFAULTS,
                "bench",
                random,
                new SimpleMeterRegistry());
    }

    private static Principal signUp(
            Database database, IdSource ids, Catalog catalog, PriceVersionStore prices, Billing billing) {
        Access access = new Access(database, ids, AccessSettings.DEFAULTS);
        return database.writer().write("bench", tx -> {
            prices.remember(tx, catalog.all());
            OrganizationId organization = new Organizations(ids).create(tx, "Bench");
            billing.openWallet(tx, organization);
            billing.topUp(tx, organization, "bench:" + organization.text(), Money.usd("1000000"), Funding.PROMOTION);
            return access.find(
                            tx,
                            access.create(tx, organization, "bench", Environment.TEST)
                                    .id())
                    .orElseThrow();
        });
    }

    @Override
    public void close() {
        jobs.close();
        sandbox.close();
    }
}
