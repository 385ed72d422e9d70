package dev.millrace.bench;

import dev.millrace.access.Access;
import dev.millrace.access.AccessSettings;
import dev.millrace.access.Environment;
import dev.millrace.access.Organizations;
import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
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
import dev.millrace.catalog.UnknownFields;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.IdSource;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.CallbackLinks;
import dev.millrace.jobs.CallbackParts;
import dev.millrace.jobs.CallbackSettings;
import dev.millrace.jobs.Intake;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.JobParts;
import dev.millrace.jobs.JobSettings;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.TestSignals;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.LimitBook;
import dev.millrace.limits.LimitSettings;
import dev.millrace.limits.RequestRate;
import dev.millrace.limits.TokenUse;
import dev.millrace.moderation.Moderation;
import dev.millrace.moderation.ModerationSettings;
import dev.millrace.money.Money;
import dev.millrace.provider.Provider;
import dev.millrace.provider.sandbox.InputImages;
import dev.millrace.provider.sandbox.SandboxProvider;
import dev.millrace.provider.sandbox.SandboxSettings;
import dev.millrace.routing.Router;
import dev.millrace.testkit.TestingBilling;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.Wallet;
import dev.millrace.webhooks.DeliveryPolicy;
import dev.millrace.webhooks.WebhookSettings;
import dev.millrace.webhooks.Webhooks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rooms that a job passes through, over one database: everything but the door. */
final class JobRooms implements AutoCloseable {
    private static final int NO_LIMIT = 1_000_000_000;
    private static final int OWNER_LETTERS = 12;
    private static final URI BASE = URI.create("http://127.0.0.1");

    final Admission admission;
    final Jobs jobs;
    final Principal principal;
    final Database database;
    final Billing billing;
    final Catalog catalog;
    final Quotes quotes;
    private final AutoCloseable upstream;
    private final Supplier<Principal> signUp;

    /** With the sandbox behind it, whose no-op jobs end at once; runs from now on. */
    static JobRooms ofSandbox(Database database, Path folder) throws IOException {
        SandboxProvider sandbox = new SandboxProvider(
                SandboxSettings.INSTANT,
                InstantSource.system(),
                pause -> LockSupport.parkNanos(pause.toNanos()),
                InputImages.NONE);
        JobRooms rooms = new JobRooms(database, folder, sandbox, sandbox::close, 2_000, NO_LIMIT);
        rooms.jobs.start();
        return rooms;
    }

    /** With the sandbox behind it, and nothing run. */
    static JobRooms idle(Database database, Path folder) throws IOException {
        SandboxProvider sandbox =
                new SandboxProvider(SandboxSettings.INSTANT, InstantSource.system(), pause -> {}, InputImages.NONE);
        return new JobRooms(database, folder, sandbox, sandbox::close, 1, NO_LIMIT);
    }

    /**
     * With this upstream behind it, under the sandbox's name; nothing runs before {@code jobs.start()}.
     *
     * @param running how many jobs run at once
     * @param runningOfOne how many of them may be of one organization
     */
    JobRooms(Database database, Path folder, Provider provider, AutoCloseable upstream, int running, int runningOfOne)
            throws IOException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        IdSource ids = new IdSource(clock, random);
        LimitSettings limits = new LimitSettings(NO_LIMIT, NO_LIMIT, NO_LIMIT, runningOfOne);
        PriceVersionStore prices = new PriceVersionStore();
        this.catalog = Catalog.bundled();
        this.quotes = new Quotes(prices::find, ids);
        this.billing = TestingBilling.of(new Wallet(), quotes, prices::find, ids);
        byte[] masterKey = new byte[Seal.MASTER_KEY_BYTES];
        this.database = database;
        this.upstream = upstream;
        this.signUp = () -> signUp(database, ids, catalog, prices, billing);
        this.principal = signUp.get();
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
                new JobSlots(limits, new LimitBook(database)),
                TokenUse.NONE,
                catalog,
                new Router(Map.of("sandbox", provider), random),
                assets,
                new Intake(
                        new InputFiles(
                                assets,
                                new Egress(EgressSettings.DEFAULTS, new SimpleMeterRegistry()),
                                InputSettings.DEFAULTS),
                        Moderation.open(ModerationSettings.DEFAULTS, new SimpleMeterRegistry())),
                new CallbackParts(new CallbackLinks(masterKey, null), CallbackSettings.DEFAULTS),
                webhooks(database, masterKey, random),
                Map.of(),
                List.of(),
                new Seal(masterKey, random),
                ids,
                clock,
                new SimpleMeterRegistry(),
                TestSignals.of(null, () -> {}),
                ids.text(OWNER_LETTERS),
                new JobSettings(running, Duration.ofHours(6), 8, 3, Duration.ofDays(1), Duration.ofSeconds(5))));
    }

    /** Another organization with a wallet and a key. */
    Principal another() {
        return signUp.get();
    }

    /** Takes one image job that asks for nothing but its prompt; durable when it returns. */
    JobId take(Principal principal, @Nullable ObjectNode sandbox) {
        ObjectNode parameters = Json.object()
                .put("prompt", "A lighthouse at dusk, seen from the sea, in the manner of an old postcard");
        if (sandbox != null) {
            parameters.set("sandbox", sandbox);
        }
        AdmittedMedia admitted = admission.admit(
                new Ask(principal, "bench", "sandbox/image", null, parameters, UnknownFields.REJECT, null));
        return jobs.accept(admitted, JobOptions.of("bench", BASE)).job().id();
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
                InstantSource.system(),
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
        try {
            upstream.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
