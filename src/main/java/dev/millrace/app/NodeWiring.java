package dev.millrace.app;

import dev.millrace.access.NewKey;
import dev.millrace.access.Origin;
import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.api.apiframe.ApiframeApi;
import dev.millrace.api.callbacks.CallbackRoutes;
import dev.millrace.api.higgsfield.HiggsfieldApi;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openrouter.OpenRouterApi;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.AssetRoutes;
import dev.millrace.assets.AssetSweep;
import dev.millrace.assets.Assets;
import dev.millrace.assets.LocalFolder;
import dev.millrace.assets.Uploads;
import dev.millrace.billing.allowance.AllowanceParts;
import dev.millrace.billing.allowance.Allowances;
import dev.millrace.billing.allowance.Pace;
import dev.millrace.config.ConfigException;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.egress.Egress;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.JobParts;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.TestSignals;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.Workers;
import dev.millrace.limits.RateHeaders;
import dev.millrace.money.Money;
import dev.millrace.personas.Personas;
import dev.millrace.presets.Presets;
import dev.millrace.provider.sandbox.Pause;
import dev.millrace.provider.sandbox.SandboxProvider;
import dev.millrace.relay.Relay;
import dev.millrace.relay.RelayParts;
import dev.millrace.routing.Router;
import dev.millrace.server.Handler;
import dev.millrace.server.HttpServer;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;
import dev.millrace.server.ServerSettings;
import dev.millrace.webhooks.DeliveryPolicy;
import dev.millrace.webhooks.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the rooms of a running node upon the core, and starts them in order. */
final class NodeWiring {
    private static final int OWNER_LETTERS = 12;
    private static final int KILLED = 137;

    private final Core core;
    private final Settings settings;
    private final Database database;
    private final MeterRegistry metrics;
    private final String owner;
    private final Seal seal;
    private final DueWork dueWork = new DueWork();
    private final Idempotency idempotency = new Idempotency();
    private final Egress egress;
    private final Assets assets;
    private final Uploads uploads;
    private final CustodyParts custody;
    private final ApiframeParts apiframe;
    private final CallbackWiring callbacks;
    private final SandboxProvider sandbox;
    private final Personas personas;
    private final OpenAiParts openai;
    private final PaymentRooms payments;
    private final KeyParts keys;
    private final LimitParts limits;
    private final MailParts mail;
    private final AuditParts audit;
    private final PeopleParts people;
    private final List<Node.Part> parts = new ArrayList<>();

    /** @param pause how time passes where the sandbox pretends to work */
    NodeWiring(Core core, Pause pause) {
        this.core = core;
        this.settings = core.settings();
        this.database = core.database();
        this.metrics = core.metrics().registry();
        this.owner = core.ids().text(OWNER_LETTERS);
        byte[] masterKey =
                MasterKey.of(settings.security(), core.data().resolve(MasterKey.FILE), core.random(), core.isEmpty());
        Installation.claim(database, masterKey);
        this.seal = new Seal(masterKey, core.random());
        this.egress = egress();
        this.assets = new Assets(database, folder(), new AssetLinks(masterKey), core.clock(), settings.assets());
        this.uploads = new Uploads(database, assets, core.ids(), core.clock());
        this.personas = new Personas(database, assets, seal);
        this.custody = new CustodyParts(settings, assets, egress, core.clock(), metrics);
        parts.add(limit -> custody.close());
        this.apiframe = new ApiframeParts(core, assets, seal, egress);
        this.openai = new OpenAiParts(core);
        this.keys = new KeyParts(core);
        this.limits = new LimitParts(core, owner);
        parts.add(limits);
        this.audit = AuditParts.of(core);
        parts.add(limit -> openai.close());
        this.mail = new MailParts(core, dueWork, seal, owner);
        this.people = new PeopleParts(core, seal, mail.people(), egress);
        parts.add(limit -> people.close());
        this.callbacks = new CallbackWiring(settings, masterKey, egress, core.clock(), pause);
        this.payments = new PaymentRooms(core, dueWork, egress, owner);
        this.sandbox = new SandboxProvider(
                settings.sandbox(), core.clock(), pause, new PersonaPictures(personas, assets), callbacks.sandbox());
    }

    /** Starts what runs, from the bottom up, and opens the door last. */
    Node start() {
        try {
            return startAll();
        } catch (RuntimeException e) {
            parts.reversed().forEach(part -> part.end(Duration.ZERO));
            throw e;
        }
    }

    private Node startAll() {
        limits.start();
        parts.add(limit -> sandbox.close());
        Router router = new Router(Map.of(sandbox.name(), sandbox), core.random());
        Webhooks webhooks = webhooks();
        Relay relay = relay(router);
        Jobs jobs = jobs(router, webhooks);
        AssetSweep sweep = new AssetSweep(database, dueWork, assets, owner, metrics);
        Housekeeping housekeeping = new Housekeeping(
                database,
                dueWork,
                core.quotes(),
                idempotency,
                openai.videos(),
                people,
                mail.post(),
                settings.jobs(),
                MoneyParts.of(core).treasury(),
                owner,
                metrics);
        PrivacyParts privacy = new PrivacyParts(core, dueWork, assets, payments.invoices(), jobs, owner);
        Routes routes = routes(jobs, relay, privacy);
        webhooks.start();
        parts.add(webhooks::drain);
        relay.start();
        parts.add(limit -> relay.close());
        jobs.start();
        parts.add(limit -> jobs.close());
        sweep.start();
        parts.add(limit -> sweep.close());
        Workers suspended = keys.workers(jobs, owner);
        suspended.start();
        parts.add(suspended::drain);
        housekeeping.start();
        parts.add(housekeeping);
        payments.start();
        parts.add(payments);
        mail.post().start();
        parts.add(mail.post()::drain);
        parts.add(audit.start(dueWork, owner));
        privacy.start();
        parts.add(privacy);
        core.metrics().watchProcess();
        HttpServer server = listen(routes);
        callbacks.opened(server.ownUrl());
        return new Node(core, server, parts);
    }

    private Routes routes(Jobs jobs, Relay relay, PrivacyParts privacy) {
        Admission admission =
                new Admission(limits.rate(), core.catalog(), core.quotes(), database, SandboxProvider::check);
        InputUrls urls = custody.urls();
        Routes routes = new Routes();
        routes.around((request, next) -> {
            if (request.method().equals("GET")) {
                core.wallet().reserves().settle(); // whoever reads what was used sees what was just answered
            }
            return Origin.around(request, () -> RateHeaders.around(request, next));
        });
        Routes.Group plain = routes.group(ProblemJson::render);
        FrontDoor.addTo(plain);
        new HealthRoutes(database, assets, core.catalog(), core.metrics(), core.clock()).addTo(plain);
        new AssetRoutes(assets, uploads, core.clock()).addTo(plain);
        new CallbackRoutes(jobs.callbacks()).addTo(plain);
        OpenApiDocument document = new OpenApiDocument(Version.text());
        Handler chat = new NativeParts(
                        core,
                        settings,
                        admission,
                        jobs,
                        relay,
                        assets,
                        uploads,
                        urls,
                        egress,
                        idempotency,
                        this::signUp,
                        payments)
                .register(routes, document);
        openai.register(routes, admission, jobs, assets, urls, chat);
        people.api().register(routes, document);
        audit.register(routes, document);
        privacy.register(routes, document, people.rooms(), seal);
        keys.register(routes, document, people);
        limits.register(routes, document, people);
        Presets presets = Presets.bundled();
        new PresetPreviews(presets, sandbox::preview).addTo(plain);
        new HiggsfieldApi(
                        new HiggsfieldApi.Rooms(
                                core.access(),
                                admission,
                                jobs,
                                core.catalog(),
                                database,
                                uploads,
                                assets.links(),
                                urls,
                                egress,
                                personas,
                                presets),
                        settings.higgsfield())
                .register(routes);
        ApiframeApi second = apiframe.register(routes, limits, admission, urls, jobs);
        console(jobs).register(routes, document, second);
        return routes;
    }

    private ConsoleParts console(Jobs jobs) {
        return new ConsoleParts(core, settings, jobs, assets, people.rooms(), keys, limits, payments);
    }

    private NewKey signUp(Tx tx, String name, Money wallet, Principal by) {
        return Setup.organization(core, tx, by.actor(""), name, wallet, by.environment())
                .key();
    }

    private Webhooks webhooks() {
        return new Webhooks(
                database,
                dueWork,
                seal,
                egress,
                DeliveryPolicy.ALL,
                settings.webhooks(),
                owner,
                core.random(),
                core.clock(),
                metrics);
    }

    private Jobs jobs(Router router, Webhooks webhooks) {
        return new Jobs(new JobParts(
                database,
                dueWork,
                core.billing(),
                idempotency,
                limits.slots(),
                limits.rate(),
                core.catalog(),
                router,
                assets,
                custody.intake(),
                callbacks.parts(),
                webhooks,
                tellers(),
                companions(),
                seal,
                core.ids(),
                core.clock(),
                metrics,
                TestSignals.of(
                        System.getenv(Settings.HALT_AT),
                        () -> Runtime.getRuntime().halt(KILLED)),
                owner,
                settings.jobs()));
    }

    /** Who keeps rows of their own beside jobs. */
    private List<JobCompanion> companions() {
        List<JobCompanion> companions = new ArrayList<>(HiggsfieldApi.companions(personas));
        companions.add(openai.companion());
        companions.add(apiframe.companion());
        return companions;
    }

    /** What each dialect tells its customers, by its name. */
    private Map<String, WebhookTeller> tellers() {
        Map<String, WebhookTeller> tellers = new HashMap<>(HiggsfieldApi.webhooks(assets.links()));
        tellers.put(MillraceApi.DIALECT, MillraceApi.webhooks(assets.links(), core.clock()));
        tellers.put(OpenRouterApi.DIALECT, OpenRouterApi.webhooks(assets.links(), core.clock()));
        tellers.put(ApiframeApi.DIALECT, apiframe.teller());
        return tellers;
    }

    private Relay relay(Router router) {
        return new Relay(new RelayParts(
                database,
                dueWork,
                core.billing(),
                allowances(),
                idempotency,
                router,
                limits.permits(),
                limits.rate(),
                keys.suspensions()::stops,
                core.ids(),
                core.clock(),
                metrics,
                owner,
                settings.relay()));
    }

    private Allowances allowances() {
        return new Allowances(new AllowanceParts(
                database,
                dueWork,
                core.billing(),
                keys.suspensions()::stops,
                core.ids(),
                core.clock(),
                metrics,
                owner,
                settings.billing(),
                Pace.USUAL));
    }

    private Egress egress() {
        try {
            return new Egress(settings.egress(), metrics);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("egress.allow: " + e.getMessage());
        }
    }

    private LocalFolder folder() {
        Path chosen = settings.assets().folder();
        Path folder = chosen == null ? core.data().resolve("assets") : chosen;
        try {
            return new LocalFolder(folder, core.ids(), core.clock());
        } catch (IOException e) {
            throw new ConfigException("the folder for assets " + folder + " can not be made or written");
        }
    }

    private HttpServer listen(Routes routes) {
        ServerSettings door = settings.server();
        try {
            return HttpServer.start(door, routes, core.ids(), metrics);
        } catch (UncheckedIOException e) {
            throw new ConfigException("can not listen on " + door.host() + ":" + door.port() + ": "
                    + Objects.requireNonNull(e.getCause()).getMessage());
        }
    }
}
