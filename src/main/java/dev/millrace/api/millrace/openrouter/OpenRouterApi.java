package dev.millrace.api.millrace.openrouter;

import dev.millrace.access.Access;
import dev.millrace.access.Needs;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.MediaRequest;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.OpenRouterError;
import dev.millrace.api.millrace.models.ModelPageBody;
import dev.millrace.api.millrace.models.OpenRouterModelBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.api.millrace.openapi.Shape;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets;
import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookMessage;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.json.Json;
import dev.millrace.limits.Caps;
import dev.millrace.server.Routes;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The routes of {@code /api/v1} that have OpenRouter's shape. */
public final class OpenRouterApi {
    /** The name under which its jobs and usage are known. */
    public static final String DIALECT = "openrouter";

    /** The rooms that the routes call, and how many requests a key may make in a minute. */
    public record Rooms(
            Access access,
            MediaRequest media,
            Catalog catalog,
            CustomerPrices prices,
            Jobs jobs,
            Database database,
            Wallet wallet,
            UsageStore usage,
            Caps caps,
            Assets assets,
            InstantSource clock,
            int requestsPerMinute) {}

    private final AccountRoutes account;
    private final GenerationRoute generation;
    private final ModelRoutes models;
    private final VideoRoutes videos;

    public OpenRouterApi(Rooms rooms) {
        this.account = new AccountRoutes(
                rooms.access(),
                rooms.database(),
                rooms.wallet(),
                rooms.usage(),
                rooms.caps(),
                rooms.clock(),
                rooms.requestsPerMinute());
        this.generation = new GenerationRoute(rooms.access(), rooms.database(), rooms.usage(), rooms.jobs());
        this.models = new ModelRoutes(rooms.access(), rooms.catalog(), rooms.prices());
        this.videos = new VideoRoutes(rooms.access(), rooms.media(), rooms.jobs(), rooms.assets(), rooms.clock());
    }

    /** Tells {@code callback_url} of the end of a job, with what polling it says then. */
    public static WebhookTeller webhooks(AssetLinks links, InstantSource clock) {
        return (job, event, base, target) -> Optional.of(
                new WebhookMessage(Map.of(), Json.bytes(VideoBody.of(job, links, base.toString(), clock.instant()))));
    }

    public void register(Routes routes, OpenApiDocument document) {
        Routes.Group plain = routes.group(OpenRouterError::render).speaking(MillraceApi.DIALECT);
        // An id may have any number of segments; clients that encode its slashes come by the documented route.
        plain.needing(Needs.ANYONE)
                .get("/api/v1/models/{author}/endpoints", models::endpoints)
                .get("/api/v1/models/{author}/{slug}/{more}/endpoints", models::endpoints)
                .get("/api/v1/models/{author}/{slug}/{more}/{last}/endpoints", models::endpoints);
        Described group = new Described(plain, OpenRouterError.failures(), document);
        account(group);
        models(group);
        videos(group);
    }

    private void account(Described group) {
        group.on(
                        Operation.get("/api/v1/key", "getKey", "The key of this request, and what it has spent.")
                                .toAnyCaller()
                                .answers(200, Shape.json(DataBody.class, KeyBody.class)),
                        account::key)
                .on(
                        Operation.get("/api/v1/credits", "getCredits", "What came into the wallet, and what was spent.")
                                .needs(Permission.READ_BILLING)
                                .answers(200, Shape.json(DataBody.class, CreditsBody.class)),
                        account::credits)
                .on(
                        Operation.get("/api/v1/generation", "getGeneration", "What one answer used and cost.")
                                .needs(Permission.READ_USAGE)
                                .query("id", "string", "The id that the answer carried, or a job's.")
                                .answers(200, Shape.json(DataBody.class, GenerationDataBody.class))
                                .fails(404),
                        generation::find);
    }

    private void models(Described group) {
        group.on(
                        Operation.get("/api/v1/model/{author}/{slug}", "getOpenRouterModel", "One model.")
                                .toAnyone()
                                .answers(200, Shape.json(DataBody.class, OpenRouterModelBody.class))
                                .fails(404),
                        models::one)
                .on(
                        Operation.get(
                                        "/api/v1/models/{author}/{slug}/endpoints",
                                        "listEndpoints",
                                        "The upstreams that serve a model.")
                                .toAnyone()
                                .answers(200, Shape.json(DataBody.class, EndpointsBody.class))
                                .fails(404),
                        models::endpoints)
                .on(
                        Operation.get("/api/v1/models/count", "countModels", "How many models there are.")
                                .toAnyone()
                                .answers(200, Shape.json(DataBody.class, ModelRoutes.CountBody.class)),
                        models::count)
                .on(
                        Operation.get("/api/v1/models/user", "listModelsOfKey", "The models that the key may use.")
                                .needs(Permission.READ_MODELS)
                                .query("offset", "integer", "How many to skip.")
                                .query("limit", "integer", "How many to show: 1 to 1000.")
                                .query("q", "string", "Words that the model has.")
                                .query("output_modalities", "string", "text, image, video, audio; several with commas.")
                                .answers(200, Shape.json(ModelPageBody.class)),
                        models::ofKey)
                .on(
                        Operation.get("/api/v1/videos/models", "listVideoModels", "The models that make videos.")
                                .toAnyone()
                                .answers(200, Shape.json(VideoModelsBody.class)),
                        models::videos);
    }

    private void videos(Described group) {
        group.on(
                        Operation.post("/api/v1/videos", "submitVideo", "A video, as a job.")
                                .needs(Permission.USE_MODELS)
                                .body(VideoRequest.FORM)
                                .repeatable()
                                .counted()
                                .answers(202, Shape.json(VideoBody.class))
                                .fails(402, 404, 410, 423),
                        videos::submit)
                .on(
                        Operation.get("/api/v1/videos/{id}", "getVideo", "How a video job stands.")
                                .needs(Permission.READ_JOBS)
                                .answers(200, Shape.json(VideoBody.class))
                                .fails(404),
                        videos::poll)
                .on(
                        Operation.get("/api/v1/videos/{id}/content", "getVideoContent", "The film itself.")
                                .needs(Permission.READ_JOBS)
                                .query("index", "integer", "Which one, from 0, where a job made several.")
                                .answers(200, Shape.file("video/mp4"))
                                .answers(206, Shape.file("video/mp4"))
                                .fails(404, 409, 410),
                        videos::content);
    }
}
