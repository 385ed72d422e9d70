package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.access.Needs;
import dev.millrace.admission.Admission;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets;
import dev.millrace.billing.Billing;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookMessage;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.relay.Relay;
import dev.millrace.server.Handler;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

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
            Billing billing,
            Quotes quotes,
            Idempotency idempotency,
            Assets assets,
            MediaRequest media,
            StreamSettings streams,
            InstantSource clock) {}

    private final QuoteRoutes quotes;
    private final GenerationRoutes generations;
    private final JobRoutes jobs;
    private final ChatRoutes chat;

    public MillraceApi(Rooms rooms) {
        Access access = rooms.access();
        CreateOnce once = new CreateOnce(rooms.database(), rooms.idempotency());
        LiveAnswers answers = new LiveAnswers(rooms.admission(), rooms.relay(), rooms.clock());
        JobForms forms = new JobForms(rooms.assets(), rooms.clock());
        this.quotes =
                new QuoteRoutes(access, rooms.admission(), rooms.catalog(), once, rooms.quotes(), rooms.billing());
        this.generations = new GenerationRoutes(
                access,
                rooms.catalog(),
                new LanguageGenerations(answers, rooms.media()),
                rooms.media(),
                rooms.jobs(),
                forms);
        this.jobs = new JobRoutes(
                access, rooms.jobs(), forms, new EventTelling(rooms.streams().heartbeat()));
        this.chat = new ChatRoutes(access, answers);
    }

    /** Tells {@code callback_url} of the end of a job, with what the job's own route says then. */
    public static WebhookTeller webhooks(AssetLinks links, InstantSource clock) {
        return (job, event, base, target) -> Optional.of(
                new WebhookMessage(Map.of(), Json.bytes(JobBody.of(job, links, base.toString(), clock.instant()))));
    }

    /** Answers chats in OpenAI's shape, for the path that OpenAI has for it. */
    public Handler chat() {
        return chat::complete;
    }

    /** Registers the routes, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        Routes.Group group = routes.group(ProblemJson::render).speaking(DIALECT);
        Described described = new Described(group, Failures.problems(), document);
        described.on(Operations.HEALTH, HealthBody::answer);
        making(described);
        watching(described);
        new Described(routes.group(OpenAiError::ofChat).speaking(DIALECT), OpenAiError.failures(), document)
                .on(Operations.CHAT, chat::complete);
        described.on(
                Operations.OPENAPI,
                request -> Response.json(200, document.render(request.baseUrl().toString())));
        group.needing(Needs.ANYONE).get("/api/{+path}", this::nothing).post("/api/{+path}", this::nothing);
    }

    private void making(Described described) {
        described
                .on(Operations.QUOTE, quotes::create)
                .on(Operations.GENERATE, generations::generate)
                .on(Operations.VIDEO, generations::video);
    }

    private void watching(Described described) {
        described
                .on(Operations.VIDEO_JOB, jobs::one)
                .on(Operations.JOBS, jobs::list)
                .on(Operations.JOB, jobs::one)
                .on(Operations.DELETE_JOB, jobs::delete)
                .on(Operations.DELETE_OUTPUT, jobs::deleteOutput)
                .on(Operations.CANCEL, jobs::cancel)
                .on(Operations.EVENTS, jobs::events);
    }

    /** Without this, an unknown path here would fall to a dialect that takes any path. */
    private Response nothing(Request request) {
        throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such route.");
    }
}
