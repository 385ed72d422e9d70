package dev.millrace.api.higgsfield;

import dev.millrace.access.Principal;
import dev.millrace.assets.AssetLinks;
import dev.millrace.id.JobId;
import dev.millrace.jobs.CancelOutcome;
import dev.millrace.jobs.CancelRule;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.Jobs;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Objects;

/** What can be done with a submitted request: look, cancel, delete (contract 1.2 to 1.4). */
final class Requests {
    private final CredentialHeaders credentials;
    private final Jobs jobs;
    private final AssetLinks links;

    Requests(CredentialHeaders credentials, Jobs jobs, AssetLinks links) {
        this.credentials = credentials;
        this.jobs = jobs;
        this.links = links;
    }

    /** {@code GET /requests/{id}/status}: 200 for every request of the account, whatever became of it. */
    Response status(Request request) {
        Principal principal = credentials.principal(request);
        Job job = jobs.find(principal.organization(), id(request)).orElseThrow(Requests::absent);
        return Response.json(200, StatusBody.of(job, links, request.baseUrl().toString()));
    }

    /** {@code POST /requests/{id}/cancel}: 202 while it is queued, 400 afterwards; a body is not looked at. */
    Response cancel(Request request) {
        Principal principal = credentials.principal(request);
        return switch (jobs.cancel(principal.organization(), id(request), CancelRule.QUEUED_ONLY)) {
            case CancelOutcome.Canceled canceled -> Response.empty(202);
            case CancelOutcome.NotFound notFound -> throw absent();
            case CancelOutcome.TooLate(Job job) ->
                throw new ProblemException(
                        ProblemCode.NOT_CANCELABLE,
                        "The request is " + StatusBody.wire(job.state()) + "; only a queued request can be canceled.");
        };
    }

    /** {@code DELETE /requests/{id}}: erases the content of a finished request; repeating it answers the same. */
    Response delete(Request request) {
        Principal principal = credentials.principal(request);
        JobId id = id(request);
        var unused = jobs.find(principal.organization(), id).orElseThrow(Requests::absent);
        Job job = jobs.delete(principal.organization(), id);
        String deletedAt = Objects.requireNonNull(job.deletedAt()).toString();
        return Response.json(200, new DeletedBody(job.id().text(), deletedAt));
    }

    private static JobId id(Request request) {
        return JobId.parse(request.pathParam("id")).orElseThrow(Requests::absent);
    }

    /** The same for a foreign request, a deleted account's, and one that never was. */
    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "Request not found");
    }
}
