package dev.millrace.api.higgsfield;

import dev.millrace.access.Principal;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.money.CreditRate;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** Submitting and estimating: the two routes whose path is a model (contract 1.1, 1.5 and 1.8). */
final class Submissions {
    /** The dialect of requests with flat bodies. */
    static final String DIALECT = "higgsfield";

    /** The dialect of requests in v1's envelope, which are shown as job sets. */
    static final String DIALECT_V1 = "higgsfield-v1";

    private static final int ID_LENGTH_MAX = 200;

    private final CredentialHeaders credentials;
    private final Intake intake;
    private final JobSets sets;
    private final CreditRate rate;

    Submissions(CredentialHeaders credentials, Intake intake, JobSets sets, CreditRate rate) {
        this.credentials = credentials;
        this.intake = intake;
        this.sets = sets;
        this.rate = rate;
    }

    /** {@code POST /{model}}, in either form; the answer has the form of the request. */
    Response submit(Request request) {
        Principal principal = credentials.principal(request);
        Envelope envelope = Envelope.parse(request.body());
        Intake.Taken taken = intake.take(
                request,
                new Intake.Wish(
                        principal,
                        modelId(request),
                        envelope.parameters(),
                        envelope.body(),
                        envelope.isV1() ? DIALECT_V1 : DIALECT,
                        envelope.webhook()));
        String base = request.baseUrl().toString();
        Object answer = envelope.isV1()
                ? sets.body(taken.job(), envelope.parameters(), base)
                : SubmittedBody.of(taken.job(), base, taken.retentionAsked());
        Response response = Response.json(200, answer);
        return taken.replayed() ? response.header("Idempotency-Replayed", "true") : response;
    }

    /** {@code POST /estimate/{model}}: the same checks, no effect. */
    Response estimate(Request request) {
        Principal principal = credentials.principal(request);
        Envelope envelope = Envelope.parse(request.body());
        AdmittedMedia admitted = intake.admit(principal, modelId(request), envelope.parameters());
        return Response.json(200, EstimateBody.of(admitted.quote().max(), rate));
    }

    /** The model as the path names it; a slash at either end is the client's habit. */
    private static String modelId(Request request) {
        String path = request.pathParam("model");
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.length() > ID_LENGTH_MAX ? trimmed.substring(0, ID_LENGTH_MAX) : trimmed;
    }
}
