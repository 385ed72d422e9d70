package dev.millrace.app;

import dev.millrace.access.Keyring;
import dev.millrace.access.Suspensions;
import dev.millrace.api.millrace.keys.KeyDesk;
import dev.millrace.api.millrace.keys.KeyRooms;
import dev.millrace.api.millrace.keys.KeysApi;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.Suspender;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.Workers;
import dev.millrace.server.Routes;

/** What changes keys, and who is suspended: for the command line and for a node. */
final class KeyParts {
    private final Core core;
    private final Suspender suspender;
    private final KeyDesk desk;

    KeyParts(Core core) {
        this.core = core;
        this.desk = new KeyDesk(new Keyring(core.access(), core.trail()), core.caps(), core.trail());
        this.suspender = new Suspender(
                new Suspensions(core.database(), core.access(), core.settings().access()), new DueWork(), core.trail());
    }

    /** Registers the routes about keys and suspensions. */
    void register(Routes routes, OpenApiDocument document, PeopleParts people) {
        new KeysApi(new KeyRooms(
                        people.callers(),
                        desk.keyring(),
                        core.organizations(),
                        people.rooms().members(),
                        people.rooms().memberChanges(),
                        suspender,
                        core.caps(),
                        core.usage(),
                        core.trail(),
                        core.database(),
                        core.clock()))
                .register(routes, document);
    }

    KeyDesk desk() {
        return desk;
    }

    Suspender suspender() {
        return suspender;
    }

    Suspensions suspensions() {
        return suspender.suspensions();
    }

    /** What a node does for it. */
    Workers workers(Jobs jobs, String owner) {
        return suspender.workers(
                core.database(), core.access(), jobs, owner, core.metrics().registry());
    }
}
