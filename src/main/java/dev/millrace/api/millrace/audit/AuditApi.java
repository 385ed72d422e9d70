package dev.millrace.api.millrace.audit;

import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.audit.holds.HoldCase;
import dev.millrace.audit.holds.StuckHolds;
import dev.millrace.audit.runs.AuditRun;
import dev.millrace.audit.runs.AuditRuns;
import dev.millrace.audit.runs.AuditStore;
import dev.millrace.audit.runs.Scope;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import java.time.Instant;
import java.util.List;

/** The routes about what the audit found. */
public final class AuditApi {
    private static final int RUNS = 200;
    private static final Form RUN = Form.object()
            .takes("scope", "string", "new: what was not verified before; or full: everything. new otherwise.");
    private static final Operation STATE = get(
                    "/api/v1/audit", "getAudit", "How the books stand: each check's latest result, and open holds.")
            .needs(Permission.OPERATE)
            .answers(200, json(AuditBodies.AuditBody.class))
            .fails(403);
    private static final Operation LIST = get("/api/v1/audit/runs", "listAuditRuns", "The latest runs of the audit.")
            .needs(Permission.OPERATE)
            .answers(200, json(PageBody.class, AuditBodies.RunBody.class))
            .fails(403);
    private static final Operation ONE = get(
                    "/api/v1/audit/runs/{run}", "getAuditRun", "A run of the audit with all that it found.")
            .needs(Permission.OPERATE)
            .answers(200, json(AuditBodies.RunBody.class))
            .fails(403, 404);
    private static final Operation START = post(
                    "/api/v1/audit/run", "runAudit", "Checks the books now, ends stuck holds by rule, and answers.")
            .needs(Permission.OPERATE)
            .body(RUN)
            .answers(201, json(AuditBodies.RunBody.class))
            .fails(403);
    private static final Operation HOLDS = get(
                    "/api/v1/audit/holds", "listStuckHolds", "Open holds by age, and what became of stuck ones.")
            .needs(Permission.OPERATE)
            .answers(200, json(AuditBodies.HoldsBody.class))
            .fails(403);

    private final Access access;
    private final Database database;
    private final AuditRuns runs;
    private final StuckHolds holds;

    public AuditApi(Access access, Database database, AuditRuns runs, StuckHolds holds) {
        this.access = access;
        this.database = database;
        this.runs = runs;
        this.holds = holds;
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(STATE, this::state)
                .on(LIST, this::list)
                .on(ONE, this::one)
                .on(START, this::run)
                .on(HOLDS, this::holds);
    }

    private Response state(Request request) {
        access.enter(request);
        return Response.json(200, database.read(tx -> state(tx, runs.store(), holds)));
    }

    /** How the books stand, as the route says it. */
    public static AuditBodies.AuditBody state(Tx tx, AuditStore store, StuckHolds holds) {
        List<AuditBodies.CheckBody> checks =
                store.latest(tx).stream().map(AuditBodies.CheckBody::of).toList();
        return new AuditBodies.AuditBody(
                "audit", checks.stream().allMatch(AuditBodies.CheckBody::ok), checks, holds(tx, holds));
    }

    /** The open holds, as the route says it. */
    public static AuditBodies.HoldsBody holds(Tx tx, StuckHolds holds) {
        return new AuditBodies.HoldsBody(
                "audit.holds",
                holds.store().buckets(tx).stream().map(AuditBodies.AgeBody::of).toList(),
                holds.store().oldest(tx).map(Instant::toString).orElse(null),
                bodies(holds.store().left(tx, RUNS)),
                bodies(holds.store().cases(tx, RUNS)));
    }

    private static List<AuditBodies.CaseBody> bodies(List<HoldCase> cases) {
        return cases.stream().map(AuditBodies.CaseBody::of).toList();
    }

    private Response list(Request request) {
        access.enter(request);
        return Response.json(
                200,
                PageBody.of(
                        database.read(tx -> runs.store().runs(tx, RUNS)).stream()
                                .map(run -> AuditBodies.RunBody.of(run, null))
                                .toList(),
                        null));
    }

    private Response one(Request request) {
        access.enter(request);
        return database.read(tx -> runs.store().find(tx, request.pathParam("run")))
                .map(run -> Response.json(200, AuditBodies.RunBody.of(run, null)))
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such run, or it was long ago."));
    }

    private Response run(Request request) {
        access.enter(request);
        String wanted = request.body().length == 0
                ? null
                : Fields.of(request.body()).only(RUN.names(), "").textOrNull("scope");
        Scope scope = Scope.parse(wanted == null ? Scope.NEW.wire() : wanted)
                .orElseThrow(() -> Fields.wrong("scope", "enum", "must be new or full."));
        AuditRun run = runs.run(scope, "operator");
        return Response.json(201, AuditBodies.RunBody.of(run, holds.resolve()));
    }

    private Response holds(Request request) {
        access.enter(request);
        return Response.json(200, database.read(tx -> holds(tx, holds)));
    }
}
