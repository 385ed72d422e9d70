package dev.millrace.api.higgsfield;

import dev.millrace.access.Access;
import dev.millrace.access.Needs;
import dev.millrace.access.Permission;
import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Uploads;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.egress.Egress;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.money.CreditRate;
import dev.millrace.personas.Personas;
import dev.millrace.presets.Presets;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import java.util.List;
import java.util.Map;

/** The routes of the Higgsfield dialect, v1 and v2, and its webhooks. */
public final class HiggsfieldApi {
    private final CredentialHeaders credentials;
    private final Submissions submissions;
    private final Requests requests;
    private final JobSets sets;
    private final References references;
    private final Models models;
    private final Choices choices;
    private final UploadUrls uploadUrls;
    private final Agents agents;

    /** What the dialect is made with. */
    public record Rooms(
            Access access,
            Admission admission,
            Jobs jobs,
            Catalog catalog,
            Database database,
            Uploads uploads,
            AssetLinks links,
            InputUrls urls,
            Egress egress,
            Personas personas,
            Presets presets) {}

    public HiggsfieldApi(Rooms rooms, HiggsfieldSettings settings) {
        this.credentials = new CredentialHeaders(rooms.access());
        Intake intake = new Intake(rooms.admission(), rooms.jobs(), rooms.urls(), rooms.egress(), rooms.personas());
        this.sets = new JobSets(credentials, rooms.jobs(), rooms.database(), rooms.links());
        this.submissions = new Submissions(credentials, intake, sets, new CreditRate(settings.creditPrice()));
        this.requests = new Requests(credentials, rooms.jobs(), rooms.links());
        this.references = new References(credentials, intake, rooms.personas(), rooms.jobs());
        this.models = new Models(credentials, rooms.catalog());
        this.choices = new Choices(credentials, rooms.catalog(), rooms.presets());
        this.uploadUrls = new UploadUrls(credentials, rooms.uploads());
        this.agents = new Agents(credentials);
    }

    /** Adds the routes. A model's path fits any path, so these patterns are the least specific of all. */
    public void register(Routes routes) {
        Routes.Group group = routes.group(new HiggsfieldErrors()).speaking(Submissions.DIALECT);
        use(group.needing(Permission.USE_MODELS.wire()));
        group.needing(Permission.READ_JOBS.wire())
                .get("/requests/{id}/status", requests::status)
                .get("/v1/job-sets/{id}", sets::show)
                .get("/v1/custom-references/list", references::list)
                .get("/v1/custom-references/{id}", references::show);
        group.needing(Permission.READ_MODELS.wire())
                .get("/models", models::list)
                .get("/models/{+path}", choices::ofModel)
                .get("/marketing-studio/image/presets", choices::marketing)
                .get("/v1/motions", choices::motions)
                .get("/v1/text2image/soul-styles", choices::styles);
        group.needing(Needs.CALLER)
                .get("/{+model}", this::nothing)
                .get("/v1/agent/{+path}", agents::refuse)
                .post("/v1/agent/{+path}", agents::refuse);
    }

    private void use(Routes.Group group) {
        group.post("/requests/{id}/cancel", requests::cancel)
                .delete("/requests/{id}", requests::delete)
                .post("/files/generate-upload-url", uploadUrls::generate)
                .post("/estimate/{+model}", submissions::estimate)
                .post("/{+model}", submissions::submit)
                .post("/v1/custom-references", references::create)
                .delete("/v1/custom-references/{id}", references::delete);
    }

    /** What the dialect tells its customers' webhooks, by the name of the dialect that a job runs under. */
    public static Map<String, WebhookTeller> webhooks(AssetLinks links) {
        Tellers tellers = new Tellers(links);
        return Map.of(Submissions.DIALECT, tellers::tell, Submissions.DIALECT_V1, tellers::tellV1);
    }

    /** The rows that the dialect keeps beside jobs. */
    public static List<JobCompanion> companions(Personas personas) {
        return List.of(new JobSetRows(), new PersonaRows(personas));
    }

    /**
     * Who asks is settled before what is there: a wrong key is 401 on any path. Who shows no key at all is none of this dialect's
     * clients, but a person with a browser, or a crawler.
     */
    private Response nothing(Request request) {
        if (!credentials.given(request)) {
            Problem nothing = Problem.of(ProblemCode.NOT_FOUND, "Nothing is served under this path.");
            return ProblemJson.render(nothing, request);
        }
        credentials.principal(request);
        throw new ProblemException(ProblemCode.NOT_FOUND, "Not found");
    }
}
