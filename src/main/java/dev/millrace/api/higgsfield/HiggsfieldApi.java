package dev.millrace.api.higgsfield;

import dev.millrace.access.Access;
import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Uploads;
import dev.millrace.catalog.Catalog;
import dev.millrace.egress.Egress;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookMessage;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.json.Json;
import dev.millrace.money.CreditRate;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import java.util.Map;
import java.util.Optional;

/** The routes of the Higgsfield dialect, and its webhook. */
public final class HiggsfieldApi {
    /** The name under which its jobs and their webhooks are known. */
    public static final String DIALECT = Submissions.DIALECT;

    private final CredentialHeaders credentials;
    private final Submissions submissions;
    private final Requests requests;
    private final Models models;
    private final UploadUrls uploadUrls;

    public HiggsfieldApi(
            Access access,
            Admission admission,
            Jobs jobs,
            Catalog catalog,
            Uploads uploads,
            AssetLinks links,
            InputUrls urls,
            Egress egress,
            HiggsfieldSettings settings) {
        this.credentials = new CredentialHeaders(access);
        this.submissions =
                new Submissions(credentials, admission, jobs, urls, egress, new CreditRate(settings.creditPrice()));
        this.requests = new Requests(credentials, jobs, links);
        this.models = new Models(credentials, catalog);
        this.uploadUrls = new UploadUrls(credentials, uploads);
    }

    /** Adds the routes. A model's path fits any path, so these patterns are the least specific of all. */
    public void register(Routes routes) {
        routes.group(new HiggsfieldErrors())
                .get("/requests/{id}/status", requests::status)
                .post("/requests/{id}/cancel", requests::cancel)
                .delete("/requests/{id}", requests::delete)
                .get("/models", models::list)
                .post("/files/generate-upload-url", uploadUrls::generate)
                .post("/estimate/{+model}", submissions::estimate)
                .post("/{+model}", submissions::submit)
                .get("/{+model}", this::nothing);
    }

    /** Tells {@code hf_webhook} of completed, failed and nsfw requests; of canceled ones the contract says nothing. */
    public static WebhookTeller webhooks(AssetLinks links) {
        return (job, event, base, target) -> job.state() == JobState.CANCELED
                ? Optional.empty()
                : Optional.of(new WebhookMessage(Map.of(), Json.bytes(WebhookBody.of(job, links, base.toString()))));
    }

    /** Who asks is settled before what is there: a wrong key is 401 on any path. */
    private Response nothing(Request request) {
        credentials.principal(request);
        throw new ProblemException(ProblemCode.NOT_FOUND, "Not found");
    }
}
