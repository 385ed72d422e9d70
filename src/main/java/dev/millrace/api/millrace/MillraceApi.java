package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.assets.AssetLinks;
import dev.millrace.billing.Billing;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.Jobs;
import dev.millrace.relay.Relay;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.time.InstantSource;
import java.util.Map;

/** The routes of Millrace's own API. */
public final class MillraceApi {
    /** The name under which its jobs and usage are known. */
    public static final String DIALECT = "millrace";

    /** The rooms that the routes call. */
    public record Rooms(
            Access access,
            Admission admission,
            Catalog catalog,
            Jobs jobs,
            Relay relay,
            Database database,
            Wallet wallet,
            Billing billing,
            Quotes quotes,
            UsageStore usage,
            Idempotency idempotency,
            AssetLinks links,
            InputUrls urls,
            SignUp signUp,
            InstantSource clock) {}

    private final ModelsRoutes models;
    private final QuoteRoutes quotes;
    private final GenerationRoutes generations;
    private final JobRoutes jobs;
    private final ChatRoutes chat;
    private final WalletRoutes wallet;
    private final UsageRoutes usage;
    private final OrganizationRoutes organizations;

    public MillraceApi(Rooms rooms) {
        Access access = rooms.access();
        MediaRequest media = new MediaRequest(rooms.admission(), rooms.jobs(), rooms.urls());
        CreateOnce once = new CreateOnce(rooms.database(), rooms.idempotency());
        LanguageGenerations language = new LanguageGenerations(rooms.admission(), rooms.relay(), rooms.clock());
        this.models = new ModelsRoutes(rooms.catalog());
        this.quotes =
                new QuoteRoutes(access, rooms.admission(), rooms.catalog(), once, rooms.quotes(), rooms.billing());
        this.generations = new GenerationRoutes(access, rooms.catalog(), language, media, rooms.jobs(), rooms.links());
        this.jobs = new JobRoutes(access, rooms.jobs(), rooms.links());
        this.chat = new ChatRoutes(access, rooms.admission(), rooms.relay(), rooms.clock());
        this.wallet = new WalletRoutes(access, rooms.database(), rooms.wallet());
        this.usage = new UsageRoutes(access, rooms.database(), rooms.usage(), rooms.clock());
        this.organizations = new OrganizationRoutes(access, once, rooms.signUp());
    }

    public void register(Routes routes) {
        routes.group(ProblemJson::render)
                .get("/api/health", this::health)
                .get("/api/v1/models", models::list)
                .get("/api/v1/models/{+id}", models::one)
                .post("/api/v1/quotes", quotes::create)
                .post("/api/v1/generations", generations::generate)
                .post("/api/v1/videos/generations", generations::video)
                .get("/api/v1/videos/generations/{id}", jobs::one)
                .get("/api/v1/jobs", jobs::list)
                .get("/api/v1/jobs/{id}", jobs::one)
                .delete("/api/v1/jobs/{id}", jobs::delete)
                .post("/api/v1/jobs/{id}/cancel", jobs::cancel)
                .get("/api/v1/jobs/{id}/events", jobs::events)
                .get("/api/v1/wallet", wallet::balance)
                .get("/api/v1/wallet/transfers", wallet::transfers)
                .get("/api/v1/usage", usage::list)
                .post("/api/v1/organizations", organizations::create)
                .get("/api/{+path}", this::nothing)
                .post("/api/{+path}", this::nothing);
        routes.group(OpenAiError::render).post("/api/v1/chat/completions", chat::complete);
    }

    private Response health(Request request) {
        return Response.json(200, Map.of("status", "ok"));
    }

    /** Without this, an unknown path here would fall to a dialect that takes any path. */
    private Response nothing(Request request) {
        throw new dev.millrace.problem.ProblemException(
                dev.millrace.problem.ProblemCode.NOT_FOUND, "There is no such route.");
    }
}
