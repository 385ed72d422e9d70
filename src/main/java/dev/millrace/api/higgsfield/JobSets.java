package dev.millrace.api.higgsfield;

import dev.millrace.access.Principal;
import dev.millrace.assets.AssetLinks;
import dev.millrace.db.Database;
import dev.millrace.id.JobId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/job-sets/{id}}, which v1 clients poll. */
final class JobSets {
    private final CredentialHeaders credentials;
    private final Jobs jobs;
    private final Database database;
    private final AssetLinks links;

    JobSets(CredentialHeaders credentials, Jobs jobs, Database database, AssetLinks links) {
        this.credentials = credentials;
        this.jobs = jobs;
        this.database = database;
        this.links = links;
    }

    /** 200 for every request of the account, in whichever form it was submitted. */
    Response show(Request request) {
        Principal principal = credentials.principal(request);
        Job job = JobId.parse(request.pathParam("id"))
                .flatMap(id -> jobs.find(principal.organization(), id))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Job set not found"));
        return Response.json(200, body(job, Json.object(), request.baseUrl().toString()));
    }

    JobSetBody body(Job job, ObjectNode input, String base) {
        long size = database.read(tx -> JobSetStore.size(tx, job.id())).orElse(1);
        return JobSetBody.of(job, size, input, links, base);
    }
}
