package dev.millrace.api.higgsfield;

import dev.millrace.access.Principal;
import dev.millrace.id.JobId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.personas.Persona;
import dev.millrace.personas.PersonaPage;
import dev.millrace.personas.PersonaState;
import dev.millrace.personas.Personas;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import tools.jackson.databind.node.ObjectNode;

/** Soul IDs, which this dialect calls custom references: learnt from pictures, listed, deleted (contract 1.8). */
final class References {
    private static final int PAGE_SIZE = 20;
    private static final int PAGE_SIZE_MAX = 100;
    private static final int PAGE_MAX = 1_000_000;

    private final CredentialHeaders credentials;
    private final Intake intake;
    private final Personas personas;
    private final Jobs jobs;

    References(CredentialHeaders credentials, Intake intake, Personas personas, Jobs jobs) {
        this.credentials = credentials;
        this.intake = intake;
        this.personas = personas;
        this.jobs = jobs;
    }

    /** {@code POST /v1/custom-references}: a request to the model that learns, priced and checked like any other. */
    Response create(Request request) {
        Principal principal = credentials.principal(request);
        ObjectNode body = Json.parseObject(request.body());
        Intake.Taken taken = intake.take(
                request, new Intake.Wish(principal, PersonaRows.MODEL, body, body, Submissions.DIALECT, null));
        Response response =
                Response.json(200, body(find(principal, taken.job().id().text())));
        return taken.replayed() ? response.header("Idempotency-Replayed", "true") : response;
    }

    /** {@code GET /v1/custom-references/{id}}. */
    Response show(Request request) {
        Principal principal = credentials.principal(request);
        return Response.json(200, body(find(principal, request.pathParam("id"))));
    }

    /** {@code GET /v1/custom-references/list}. */
    Response list(Request request) {
        Principal principal = credentials.principal(request);
        int page = Numbers.query(request, "page", 1, PAGE_MAX, 1);
        int size = Numbers.query(request, "page_size", 1, PAGE_SIZE_MAX, PAGE_SIZE);
        PersonaPage found = personas.list(principal.organization(), (page - 1L) * size, size);
        return Response.json(
                200,
                new ReferenceBody.PageBody(
                        found.total(),
                        page,
                        size,
                        Math.ceilDiv(found.total(), size),
                        found.items().stream().map(this::body).toList()));
    }

    /** {@code DELETE /v1/custom-references/{id}}, which the contract does not have: what is kept for good must be deletable. */
    Response delete(Request request) {
        Principal principal = credentials.principal(request);
        JobId id = JobId.parse(request.pathParam("id")).orElseThrow(References::absent);
        if (!personas.delete(principal.organization(), id)) {
            throw absent();
        }
        return Response.json(200, new ReferenceBody.GoneBody(id.text(), "deleted"));
    }

    private Persona find(Principal principal, String id) {
        return JobId.parse(id)
                .flatMap(known -> personas.find(principal.organization(), known))
                .orElseThrow(References::absent);
    }

    private ReferenceBody body(Persona persona) {
        JobState state = persona.state() == PersonaState.LEARNING
                ? jobs.find(persona.organization(), persona.id())
                        .map(Job::state)
                        .orElse(JobState.RUNNING)
                : JobState.COMPLETED;
        return ReferenceBody.of(persona, state);
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "Reference not found");
    }
}
