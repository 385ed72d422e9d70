package dev.millrace.app;

import dev.millrace.access.people.Members;
import dev.millrace.access.people.People;
import dev.millrace.access.signin.TwoStep;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.people.PeopleRooms;
import dev.millrace.api.millrace.privacy.ContactsBody;
import dev.millrace.api.millrace.privacy.PrivacyApi;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets;
import dev.millrace.assets.LocalFolder;
import dev.millrace.config.ConfigException;
import dev.millrace.console.ConsoleSettings;
import dev.millrace.crypto.Seal;
import dev.millrace.invoices.Invoices;
import dev.millrace.jobs.Jobs;
import dev.millrace.lease.DueWork;
import dev.millrace.privacy.DepartureWork;
import dev.millrace.privacy.Departures;
import dev.millrace.privacy.Exports;
import dev.millrace.privacy.Finder;
import dev.millrace.server.Routes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What hands out and erases what is known of people and organizations, as a node and the command line have it. */
final class PrivacyParts implements Node.Part {
    private static final String FOLDER = "exports";

    private final Core core;
    private final Departures departures;
    private final Exports exports;
    private final DepartureWork work;

    /** For the command line: what has to be done while jobs run is left to a node. */
    PrivacyParts(Core core) {
        this(core, new DueWork(), assets(core), PaymentRooms.invoices(core, new DueWork()), null, "command line");
    }

    PrivacyParts(Core core, DueWork dueWork, Assets assets, Invoices invoices, @Nullable Jobs jobs, String owner) {
        this.core = core;
        People people = new People(core.ids());
        this.departures = new Departures(new Departures.Rooms(
                core.database(),
                dueWork,
                core.access(),
                core.organizations(),
                people,
                new Members(core.ids()),
                core.trail(),
                new JobStandstill(new KeyParts(core).suspender(), dueWork, core.clock(), jobs)));
        this.exports = new Exports(new Exports.Rooms(
                core.database(),
                core.organizations(),
                people,
                invoices,
                assets,
                core.trail(),
                core.data().resolve(FOLDER)));
        this.work = new DepartureWork(
                departures,
                new DepartureWork.Rooms(
                        invoices,
                        core.wallet(),
                        assets,
                        core.clock(),
                        core.settings().privacy(),
                        owner,
                        core.metrics().registry()));
    }

    Departures departures() {
        return departures;
    }

    Exports exports() {
        return exports;
    }

    void register(Routes routes, OpenApiDocument document, PeopleRooms people, Seal seal) {
        new PrivacyApi(new PrivacyApi.Rooms(
                        people.callers(),
                        people.people(),
                        people.passwords(),
                        people.attempts(),
                        new TwoStep(seal, core.ids()),
                        core.organizations(),
                        departures,
                        exports,
                        new Finder(),
                        contacts(core.settings().console()),
                        core.database()))
                .register(routes, document);
    }

    void start() {
        exports.sweep();
        work.start();
    }

    @Override
    public void end(Duration limit) {
        work.close();
    }

    private static Assets assets(Core core) {
        byte[] masterKey = MasterKey.of(
                core.settings().security(), core.data().resolve(MasterKey.FILE), core.random(), core.isEmpty());
        Path chosen = core.settings().assets().folder();
        try {
            return new Assets(
                    core.database(),
                    new LocalFolder(chosen == null ? core.data().resolve("assets") : chosen, core.ids(), core.clock()),
                    new AssetLinks(masterKey),
                    core.clock(),
                    core.settings().assets());
        } catch (IOException e) {
            throw new ConfigException("the folder for assets can not be read");
        }
    }

    private static ContactsBody contacts(ConsoleSettings site) {
        return new ContactsBody(
                "contacts",
                site.name(),
                site.supportEmail(),
                text(site.supportUrl()),
                site.privacyEmail(),
                text(site.privacyUrl()),
                text(site.termsUrl()),
                text(site.legalUrl()));
    }

    private static @Nullable String text(@Nullable URI link) {
        return link == null ? null : link.toString();
    }
}
