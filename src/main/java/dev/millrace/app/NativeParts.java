package dev.millrace.app;

import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.MediaRequest;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.account.AccountApi;
import dev.millrace.api.millrace.account.SignUp;
import dev.millrace.api.millrace.models.ModelsApi;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openrouter.OpenRouterApi;
import dev.millrace.api.millrace.storage.StorageApi;
import dev.millrace.assets.Assets;
import dev.millrace.assets.Uploads;
import dev.millrace.egress.Egress;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.Jobs;
import dev.millrace.relay.Relay;
import dev.millrace.server.Handler;
import dev.millrace.server.Routes;

/** What the routes of {@code /api/v1} are made of. */
record NativeParts(
        Core core,
        Settings settings,
        Admission admission,
        Jobs jobs,
        Relay relay,
        Assets assets,
        Uploads uploads,
        InputUrls urls,
        Egress egress,
        Idempotency idempotency,
        SignUp signUp,
        PaymentRooms payments) {
    /** Registers them all, and describes them in the document; gives what answers chats, which another dialect has too. */
    Handler register(Routes routes, OpenApiDocument document) {
        MediaRequest media = new MediaRequest(core.catalog(), admission, jobs, urls, egress);
        MillraceApi millrace = new MillraceApi(new MillraceApi.Rooms(
                core.access(),
                admission,
                core.catalog(),
                jobs,
                relay,
                core.database(),
                core.billing(),
                core.quotes(),
                idempotency,
                assets,
                media,
                settings.streams(),
                core.clock()));
        millrace.register(routes, document);
        CreateOnce once = new CreateOnce(core.database(), idempotency);
        new ModelsApi(core.access(), core.catalog(), core.prices().terms(), jobs).register(routes, document);
        new AccountApi(
                        core.access(),
                        core.database(),
                        core.wallet(),
                        core.usage(),
                        core.billing().explanations(),
                        once,
                        signUp,
                        core.clock())
                .register(routes, document);
        new OpenRouterApi(new OpenRouterApi.Rooms(
                        core.access(),
                        media,
                        core.catalog(),
                        core.prices().terms(),
                        jobs,
                        core.database(),
                        core.wallet(),
                        core.usage(),
                        core.caps(),
                        assets,
                        core.clock(),
                        settings.limits().requestsPerMinute()))
                .register(routes, document);
        new StorageApi(core.access(), assets, uploads, once, core.ids(), core.clock()).register(routes, document);
        MoneyParts.of(core).register(routes, document);
        PriceParts.of(core).register(routes, document);
        payments.register(routes, document, idempotency);
        return millrace.chat();
    }
}
