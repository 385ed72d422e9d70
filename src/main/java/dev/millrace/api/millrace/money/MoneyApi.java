package dev.millrace.api.millrace.money;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Operation.put;
import static dev.millrace.api.millrace.openapi.Shape.file;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.access.Organizations;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.billing.Codes;
import dev.millrace.billing.Treasury;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.limits.Caps;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;
import dev.millrace.wallet.Wallet;

/** The routes about what may be spent, and about money that people move by hand. */
public final class MoneyApi {
    private static final Operation CAPS = get(
                    "/api/v1/caps", "listCaps", "Every spend cap, what counts against it now, and thresholds passed.")
            .needs(Permission.READ_BILLING)
            .answers(200, json(MoneyBodies.CapsBody.class));
    private static final Operation SET_CAP = put(
                    "/api/v1/caps/{subject}/{period}",
                    "setCap",
                    "Sets a cap on organization, key:<id> or member:<id>, by day, week, month or total.")
            .needs(Permission.MANAGE_BILLING)
            .body(CapRoutes.FORM)
            .answers(200, json(MoneyBodies.CapBody.class))
            .fails(404);
    private static final Operation REMOVE_CAP = delete("/api/v1/caps/{subject}/{period}", "removeCap", "Removes a cap.")
            .needs(Permission.MANAGE_BILLING)
            .answers(200, json(MoneyBodies.RemovedBody.class));
    private static final Operation STATEMENT = get(
                    "/api/v1/wallet/statement",
                    "getStatement",
                    "All that moved in some days: opening, movements, closing.")
            .needs(Permission.READ_BILLING)
            .query(
                    "from",
                    "string",
                    "The first day, in the organization's time zone; the first of the month otherwise.")
            .query("to", "string", "The last day; today otherwise.")
            .query("format", "string", "json or csv.")
            .answers(200, json(MoneyBodies.StatementBody.class))
            .answers(200, file("text/csv"));
    private static final Operation GRANTS = get(
                    "/api/v1/wallet/grants", "listGrants", "Money that was given for a time.")
            .needs(Permission.READ_BILLING)
            .answers(200, json(PageBody.class, MoneyBodies.GrantBody.class));
    private static final Operation CREDIT = get(
                    "/api/v1/wallet/credit", "getCredit", "The credit line, and what of it is owed.")
            .needs(Permission.READ_BILLING)
            .answers(200, json(MoneyBodies.CreditBody.class));
    private static final Operation REDEEM = post("/api/v1/wallet/codes", "redeemCode", "Redeems a code, once.")
            .needs(Permission.MANAGE_BILLING)
            .body(WalletFundRoutes.CODE)
            .answers(201, json(MoneyBodies.RedeemedBody.class))
            .fails(404, 429);
    private static final Operation TOPUP = post(
                    "/api/v1/organizations/{id}/topups", "bookTopup", "Books money into a wallet; for the operator.")
            .needs(Permission.OPERATE)
            .body(OperatorRoutes.TOPUP)
            .answers(200, json(MoneyBodies.BookedBody.class))
            .answers(201, json(MoneyBodies.BookedBody.class))
            .fails(403, 404, 422);
    private static final Operation GRANT = post(
                    "/api/v1/organizations/{id}/grants", "giveGrant", "Gives money for a time; for the operator.")
            .needs(Permission.OPERATE)
            .body(OperatorRoutes.GRANT)
            .answers(200, json(MoneyBodies.BookedBody.class))
            .answers(201, json(MoneyBodies.BookedBody.class))
            .fails(403, 404, 422);
    private static final Operation SET_CREDIT = put(
                    "/api/v1/organizations/{id}/credit",
                    "setCredit",
                    "Sets how far an organization may spend before it pays; for the operator.")
            .needs(Permission.OPERATE)
            .body(OperatorRoutes.CREDIT)
            .answers(200, json(MoneyBodies.CreditBody.class))
            .fails(403, 404);
    private static final Operation REFUND = post(
                    "/api/v1/refunds",
                    "refundCharge",
                    "Pays a charge back into the wallet it was taken from; for the operator.")
            .needs(Permission.OPERATE)
            .body(OperatorRoutes.REFUND)
            .answers(201, json(MoneyBodies.RefundBody.class))
            .fails(403, 404, 422);
    private static final Operation CODES = get("/api/v1/codes", "listCodes", "The latest codes; for the operator.")
            .needs(Permission.OPERATE)
            .answers(200, json(PageBody.class, MoneyBodies.CodeBody.class))
            .fails(403);
    private static final Operation MAKE_CODE = post(
                    "/api/v1/codes", "createCode", "A code that gives money for a time, shown once; for the operator.")
            .needs(Permission.OPERATE)
            .body(OperatorRoutes.CODE)
            .answers(201, json(MoneyBodies.CodeBody.class))
            .fails(403);
    private static final Operation END_CODE = delete(
                    "/api/v1/codes/{id}", "endCode", "Withdraws a code; for the operator.")
            .needs(Permission.OPERATE)
            .answers(200, json(MoneyBodies.RemovedBody.class))
            .fails(403);

    /** What the routes work with. */
    public record Rooms(
            Access access,
            Organizations organizations,
            Database database,
            Wallet wallet,
            Caps caps,
            Treasury treasury,
            Codes codes,
            IdSource ids) {}

    private final Rooms rooms;

    public MoneyApi(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        CapRoutes caps = new CapRoutes(rooms);
        WalletFundRoutes wallet = new WalletFundRoutes(rooms);
        OperatorRoutes operator = new OperatorRoutes(rooms);
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(CAPS, caps::list)
                .on(SET_CAP, caps::set)
                .on(REMOVE_CAP, caps::remove)
                .on(STATEMENT, wallet::statement)
                .on(GRANTS, wallet::grants)
                .on(CREDIT, wallet::credit)
                .on(REDEEM, wallet::redeem)
                .on(TOPUP, operator::topUp)
                .on(GRANT, operator::grant)
                .on(SET_CREDIT, operator::credit)
                .on(REFUND, operator::refund)
                .on(CODES, operator::listCodes)
                .on(MAKE_CODE, operator::makeCode)
                .on(END_CODE, operator::endCode);
    }
}
