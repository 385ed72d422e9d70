package dev.millrace.api.millrace.audit;

import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.file;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Permission;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;

/** The routes about upstreams' invoices, for the operator. */
public final class ReconcileApi {
    private static final String ONE_PATH = "/api/v1/reconciliations/{id}";
    private static final Operation IMPORT = post(
                    "/api/v1/reconciliations",
                    "importInvoice",
                    "Matches an upstream's invoice, the body as text/csv, with usage. The same file is matched once.")
            .needs(Permission.OPERATE)
            .query("provider", "string", "The upstream's name, as deployments have it.")
            .query("period", "string", "A month as 2026-11, or days as 2026-11-01..2026-11-15.")
            .query(
                    "columns",
                    "string",
                    "Which column is what, as request=ID,amount=Cost; model, day and units otherwise.")
            .query("tolerance_usd", "string", "What two amounts may differ by and still agree; 0.000001 otherwise.")
            .answers(200, json(ReconcileBodies.ReconciliationBody.class))
            .answers(201, json(ReconcileBodies.ReconciliationBody.class))
            .fails(403, 413);
    private static final Operation LIST = get("/api/v1/reconciliations", "listReconciliations", "The latest matches.")
            .needs(Permission.OPERATE)
            .answers(200, json(PageBody.class, ReconcileBodies.ReconciliationBody.class))
            .fails(403);
    private static final Operation FINDINGS = get(
                    "/api/v1/reconciliations/findings",
                    "listUpstreamFindings",
                    "Requests for which the upstream itself asked more than was charged.")
            .needs(Permission.OPERATE)
            .query("period", "string", "A month as 2026-11, or days as 2026-11-01..2026-11-15.")
            .query("tolerance_usd", "string", "What may be more; 0.000001 otherwise.")
            .answers(200, json(PageBody.class, ReconcileBodies.FindingBody.class))
            .fails(403);
    private static final Operation ONE = get(ONE_PATH, "getReconciliation", "A match: what it came to.")
            .needs(Permission.OPERATE)
            .answers(200, json(ReconcileBodies.ReconciliationBody.class))
            .fails(403, 404);
    private static final Operation LINES = get(
                    ONE_PATH + "/lines", "listReconciliationLines", "The lines of a match, or all of them as a table.")
            .needs(Permission.OPERATE)
            .query("verdict", "string", "matched, differing, ours_only or theirs_only; all otherwise.")
            .query("format", "string", "json or csv.")
            .paged()
            .answers(200, json(PageBody.class, ReconcileBodies.LineBody.class))
            .answers(200, file("text/csv"))
            .fails(403, 404);
    private static final Operation BOOK = post(
                    ONE_PATH + "/lines/{line}/book",
                    "bookDifference",
                    "Books what the upstream asks more to absorbed loss, once.")
            .needs(Permission.OPERATE)
            .body(ReconcileRoutes.BOOK)
            .answers(200, json(ReconcileBodies.BookedLineBody.class))
            .answers(201, json(ReconcileBodies.BookedLineBody.class))
            .fails(403, 404);

    private final ReconcileRoutes reconcile;

    public ReconcileApi(ReconcileRoutes reconcile) {
        this.reconcile = reconcile;
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(IMPORT, reconcile::add)
                .on(LIST, reconcile::list)
                .on(FINDINGS, reconcile::findings)
                .on(ONE, reconcile::one)
                .on(LINES, reconcile::lines)
                .on(BOOK, reconcile::book);
    }
}
