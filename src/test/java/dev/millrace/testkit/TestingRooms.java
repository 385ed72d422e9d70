package dev.millrace.testkit;

import dev.millrace.access.Environment;
import dev.millrace.access.Principal;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.AdmittedText;
import dev.millrace.admission.InputFiles;
import dev.millrace.admission.InputSettings;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.AssetSettings;
import dev.millrace.assets.Assets;
import dev.millrace.assets.LocalFolder;
import dev.millrace.billing.Billing;
import dev.millrace.billing.BillingSettings;
import dev.millrace.billing.Quotes;
import dev.millrace.billing.allowance.AllowanceParts;
import dev.millrace.billing.allowance.Allowances;
import dev.millrace.billing.allowance.Pace;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.CatalogSettings;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.CallbackLinks;
import dev.millrace.jobs.CallbackParts;
import dev.millrace.jobs.CallbackSettings;
import dev.millrace.jobs.Intake;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.JobParts;
import dev.millrace.jobs.JobSettings;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.TestSignals;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.LimitSettings;
import dev.millrace.limits.LivePermits;
import dev.millrace.limits.RateState;
import dev.millrace.limits.TokenUse;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.moderation.Moderation;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.Message;
import dev.millrace.provider.Provider;
import dev.millrace.relay.Relay;
import dev.millrace.relay.RelayParts;
import dev.millrace.relay.RelaySettings;
import dev.millrace.routing.Router;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.Wallet;
import dev.millrace.webhooks.DeliveryPolicy;
import dev.millrace.webhooks.WebhookSettings;
import dev.millrace.webhooks.Webhooks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every room below the dialects, real, around one test database, with an organization that has 100 USD. The model
 * {@code test/image} costs 0.05 USD an image and {@code test/text} a micro-dollar for a token; both are served by the providers {@code one}
 * and then {@code two}.
 */
public final class TestingRooms implements AutoCloseable {
    public static final Money START = Money.usd("100");
    private static final String MODELS = """
            models:
              - id: test/image
                title: Test Image
                description: Makes pictures for tests.
                owned_by: millrace
                modality: image
                operations: [text-to-image]
                input:
                  type: object
                  required: [prompt]
                  properties:
                    prompt: { type: string, minLength: 1 }
                    n: { type: integer, minimum: 1, maximum: 4, default: 1 }
                    input_images: { type: array, maxItems: 4, items: { type: string, format: uri } }
                units:
                  image: { parameter: n }
                prices:
                  source: Tests
                  date: 2026-11-01
                  rules:
                    - { unit: image, usd: "0.05" }
                timeout: 10m
                retention: 7d
                deployments:
                  - { provider: one, model: pictures-one, priority: 1, weight: 1 }
                  - { provider: two, model: pictures-two, priority: 2, weight: 1 }
              - id: test/text
                title: Test Text
                description: Writes for tests.
                owned_by: millrace
                modality: language
                operations: [chat]
                input:
                  type: object
                  properties:
                    max_tokens: { type: integer, minimum: 1, maximum: 1000, default: 100 }
                limits:
                  context_tokens: 8192
                prices:
                  source: Tests
                  date: 2026-11-01
                  rules:
                    - { unit: input_token, usd_per_million: "1" }
                    - { unit: output_token, usd_per_million: "1" }
                timeout: 5m
                retention: 7d
                deployments:
                  - { provider: one, model: words-one, priority: 1, weight: 1 }
                  - { provider: two, model: words-two, priority: 2, weight: 1 }
            """;

    public final TestDatabase db;
    public final Path folder;
    public final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    public final DueWork dueWork = new DueWork();
    public final Wallet wallet = new Wallet();
    public final Billing billing;
    public final Quotes quotes;
    public final Catalog catalog;
    public final Assets assets;
    public final TestSignals signals = new TestSignals();
    public final Idempotency idempotency = new Idempotency();
    public final Map<String, WebhookTeller> tellers = new ConcurrentHashMap<>();
    public final List<JobCompanion> companions = new CopyOnWriteArrayList<>();
    public final Seal seal = new Seal(new byte[32], new SecureRandom());
    /** The outbox, which nobody empties unless a test starts it; loopback may be reached. */
    public final Webhooks webhooks;

    public final OrganizationId organization;
    public final Principal principal;
    public Moderation moderation = Moderation.none();
    public LimitSettings limits = LimitSettings.DEFAULTS;
    public CallbackParts callbacks =
            new CallbackParts(new CallbackLinks(new byte[32], null), CallbackSettings.DEFAULTS);
    private final List<AutoCloseable> open = new ArrayList<>();
    private int nodes;

    public TestingRooms(TestDatabase db) {
        try {
            this.db = db;
            this.folder = Files.createTempDirectory("millrace-rooms");
            Path models = Files.createDirectories(folder.resolve("catalog"));
            Files.writeString(models.resolve("test.yaml"), MODELS);
            PriceVersionStore prices = new PriceVersionStore();
            this.catalog = Catalog.open(
                    new CatalogSettings(models, Duration.ofHours(1)),
                    all -> db.writer().write("catalog", tx -> {
                        prices.remember(tx, all);
                        return true;
                    }),
                    new SimpleMeterRegistry());
            this.quotes = new Quotes(prices::find, ids);
            this.billing = TestingBilling.of(wallet, quotes, prices::find, ids);
            this.assets = new Assets(
                    db.database(),
                    new LocalFolder(folder.resolve("assets"), ids, InstantSource.system()),
                    new AssetLinks(new byte[32]),
                    db.clock(),
                    AssetSettings.DEFAULTS);
            this.webhooks = webhooks();
            this.organization = funded(START);
            this.principal = principalOf(organization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Webhooks webhooks() {
        Webhooks made = new Webhooks(
                db.database(),
                dueWork,
                seal,
                new Egress(EgressSettings.DEFAULTS.allowing("127.0.0.0/8"), new SimpleMeterRegistry()),
                DeliveryPolicy.ALL,
                WebhookSettings.DEFAULTS,
                "webhooks",
                new SecureRandom(),
                db.clock(),
                new SimpleMeterRegistry());
        open.add(made);
        return made;
    }

    /** Another organization with so much money. */
    public OrganizationId funded(Money money) {
        OrganizationId made = ids.organization();
        return db.writer().write(made.text(), tx -> {
            billing.openWallet(tx, made);
            if (money.isPositive()) {
                billing.topUp(tx, made, "welcome-" + made, money, Funding.PROMOTION);
            }
            return made;
        });
    }

    public Principal principalOf(OrganizationId someone) {
        return new Principal(someone, ids.key(), "tests", Environment.LIVE, new byte[32], false);
    }

    /** A node that runs jobs, not started, with a database of its own where the database takes several. */
    public Jobs node(Database database, JobSettings settings, Provider... providers) {
        Jobs jobs = new Jobs(parts(database, settings, providers));
        open.add(jobs);
        return jobs;
    }

    public Jobs node(Provider... providers) {
        return node(db.database(), JobSettings.DEFAULTS, providers);
    }

    /** The same, started. */
    public Jobs running(Provider... providers) {
        Jobs jobs = node(providers);
        jobs.start();
        return jobs;
    }

    public JobParts parts(Database database, JobSettings settings, Provider... providers) {
        return new JobParts(
                database,
                dueWork,
                billing,
                idempotency,
                new JobSlots(limits),
                tokens,
                catalog,
                router(providers),
                assets,
                intake(),
                callbacks,
                webhooks,
                tellers,
                companions,
                seal,
                ids,
                db.clock(),
                new SimpleMeterRegistry(),
                signals,
                "node-" + nodes++,
                settings);
    }

    /** What is told how many tokens requests used. */
    public TokenUse tokens = TokenUse.NONE;

    /** What limits live requests; the limits alone where it is null. */
    public @Nullable LivePermits permits;

    /** Why what a key has running must end. */
    public Function<Principal, Optional<Problem>> stops = who -> Optional.empty();

    private Intake intake() {
        Egress egress = new Egress(EgressSettings.DEFAULTS.allowing("127.0.0.0/8"), new SimpleMeterRegistry());
        return new Intake(new InputFiles(assets, egress, InputSettings.DEFAULTS), moderation);
    }

    public Relay relay(Provider... providers) {
        Relay relay = new Relay(new RelayParts(
                db.database(),
                dueWork,
                billing,
                allowances(),
                idempotency,
                router(providers),
                permits == null ? new LivePermits(limits) : permits,
                tokens,
                who -> stops.apply(who),
                ids,
                db.clock(),
                new SimpleMeterRegistry(),
                "node-" + nodes++,
                RelaySettings.DEFAULTS));
        open.add(relay);
        return relay;
    }

    /** How live requests are held for: strictly, unless the tests run with {@code -Dmillrace.test.blocks=true}. */
    public BillingSettings holding = Boolean.getBoolean("millrace.test.blocks")
            ? BillingSettings.DEFAULTS.withBlocks()
            : BillingSettings.DEFAULTS;

    private Allowances allowances() {
        Allowances made = new Allowances(new AllowanceParts(
                db.database(),
                dueWork,
                billing,
                who -> stops.apply(who),
                ids,
                db.clock(),
                new SimpleMeterRegistry(),
                "node-" + nodes,
                holding,
                Pace.USUAL.atOnce()));
        if (!holding.strict()) {
            made.start();
        }
        return made;
    }

    private static Router router(Provider... providers) {
        return new Router(
                Arrays.stream(providers).collect(Collectors.toMap(Provider::name, provider -> provider)),
                new SecureRandom());
    }

    public AdmittedMedia image(String prompt) {
        return image(principal, Json.object().put("prompt", prompt));
    }

    public AdmittedMedia image(Principal who, ObjectNode given) {
        Model model = catalog.find("test/image").orElseThrow();
        ObjectNode parameters = model.checked(given, UnknownFields.IGNORE);
        Units planned = model.planned(parameters);
        return new AdmittedMedia(
                who, "tests", model, parameters, planned, quotes.price(model, parameters, planned), rate());
    }

    /** A language request that may use 50 tokens in and 100 out. */
    public AdmittedText text(String... messages) {
        Model model = catalog.find("test/text").orElseThrow();
        Units planned = Units.of(Unit.INPUT_TOKEN, 50).with(Unit.OUTPUT_TOKEN, 100);
        return new AdmittedText(
                principal,
                "tests",
                model,
                Dialogue.of(Stream.of(messages)
                        .map(text -> new Message(Message.Role.USER, text))
                        .toList()),
                Json.object(),
                100,
                OptionalLong.empty(),
                planned,
                quotes.price(model, Json.object(), planned),
                rate());
    }

    public Balance balance() {
        billing.reserves().settle(organization);
        return db.database().read(tx -> wallet.balance(tx, organization));
    }

    /** What the organization was charged in all, once nothing is held. */
    public Money spent() {
        return START.minus(balance().available()).minus(balance().held());
    }

    /** Stops every node; checks money and jobs, at rest. */
    @Override
    public void close() {
        try {
            stop();
            MoneyChecker.atRest(db.database());
        } finally {
            catalog.close();
            TestDatabase.delete(folder);
        }
    }

    /** Stops every node. */
    public void stop() {
        for (AutoCloseable one : open.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        open.clear();
    }

    private static RateState rate() {
        return new RateState(600, Duration.ofMinutes(1), 599, Duration.ofMinutes(1));
    }
}
