package dev.millrace.app;

import dev.millrace.access.Access;
import dev.millrace.access.Organizations;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.AssetRoutes;
import dev.millrace.assets.Assets;
import dev.millrace.assets.LocalFolder;
import dev.millrace.assets.Uploads;
import dev.millrace.audit.Audit;
import dev.millrace.billing.Billing;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.config.ConfigException;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.server.HttpServer;
import dev.millrace.server.Routes;
import dev.millrace.telemetry.Metrics;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes every room and hands each what it needs, from the bottom up. The only place that takes time and chance from the air. */
final class Wiring {
    private Wiring() {}

    /** The rooms that need no listener. */
    static Core core(Settings settings, DataDirectory data) {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        IdSource ids = new IdSource(clock, random);
        Metrics metrics = new Metrics();
        Database database = open(settings, data, clock, metrics);
        Catalog catalog = catalog(settings);
        Wallet wallet = new Wallet();
        UsageStore usage = new UsageStore();
        Quotes quotes = new Quotes((tx, model, version) -> Optional.empty(), ids);
        Billing billing = new Billing(wallet, usage, quotes, (tx, model, version) -> Optional.empty());
        return new Core(
                settings,
                data,
                clock,
                random,
                ids,
                metrics,
                database,
                new Access(database, ids, settings.access()),
                new Organizations(ids),
                catalog,
                wallet,
                usage,
                quotes,
                billing,
                Audit.of(database));
    }

    static IdSource ids() {
        return new IdSource(InstantSource.system(), new SecureRandom());
    }

    /** The models, as the settings want them. */
    static Catalog catalog(Settings settings) {
        return Catalog.bundled();
    }

    /** The upstreams that the settings configure. */
    static List<String> providerNames() {
        return List.of("sandbox");
    }

    private static Database open(Settings settings, DataDirectory data, InstantSource clock, Metrics metrics) {
        try {
            return Database.open(settings.databaseIn(data.folder()), clock, metrics.registry());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /** The whole gateway, listening. */
    static Node start(Settings settings, DataDirectory data) {
        Core core = core(settings, data);
        try {
            return node(core);
        } catch (RuntimeException e) {
            core.close();
            throw e;
        }
    }

    private static Node node(Core core) {
        Settings settings = core.settings();
        byte[] masterKey = MasterKey.of(
                settings.security(), core.data().resolve(MasterKey.FILE), core.random(), core.isEmpty());
        List<Node.Part> parts = new ArrayList<>();
        Assets assets = assets(core, masterKey);
        Uploads uploads = new Uploads(core.database(), assets, core.ids(), core.clock());

        Routes routes = new Routes();
        routes.fallback(ProblemBody::render);
        Routes.Group plain = routes.group(ProblemBody::render);
        new HealthRoutes(core.database(), core.metrics(), core.clock()).addTo(plain);
        new AssetRoutes(assets, uploads, core.clock()).addTo(plain);
        core.metrics().watchProcess();
        return new Node(core, listen(core, routes), parts);
    }

    private static Assets assets(Core core, byte[] masterKey) {
        try {
            LocalFolder folder = new LocalFolder(core.data().resolve("assets"), core.ids(), core.clock());
            return new Assets(
                    core.database(),
                    folder,
                    new AssetLinks(masterKey),
                    core.clock(),
                    core.settings().assets());
        } catch (IOException e) {
            throw new ConfigException("the folder for assets can not be made in " + core.data().folder());
        }
    }

    private static HttpServer listen(Core core, Routes routes) {
        var settings = core.settings().server();
        try {
            return HttpServer.start(settings, routes, core.ids(), core.metrics().registry());
        } catch (UncheckedIOException e) {
            throw new ConfigException("can not listen on " + settings.host() + ":" + settings.port() + ": "
                    + Objects.requireNonNull(e.getCause()).getMessage());
        }
    }
}
