package dev.millrace.api.millrace.account;

import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.api.millrace.openapi.Shape;
import dev.millrace.billing.Explanations;
import dev.millrace.db.Database;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.time.InstantSource;

/** The routes about money: what there is, what was used, and organizations to use it. */
public final class AccountApi {
    private static final Operation WALLET = get("/api/v1/wallet", "getWallet", "The balance.")
            .needs(Permission.READ_BILLING)
            .answers(200, json(WalletRoutes.WalletBody.class));

    private static final Operation TRANSFERS = get("/api/v1/wallet/transfers", "listTransfers", "Every movement.")
            .needs(Permission.READ_BILLING)
            .paged()
            .answers(200, json(PageBody.class, WalletRoutes.TransferBody.class));

    private static final Operation USAGE = get(
                    "/api/v1/usage", "listUsage", "What was used and charged, one by one or in sums.")
            .needs(Permission.READ_USAGE)
            .query("from", "string", "A date.")
            .query("to", "string", "A date.")
            .query("group_by", "string", "day, hour, model, key, member or provider.")
            .query("model", "string", "The id of a model.")
            .query("key", "string", "The id of a key.")
            .query("member", "string", "The id of a member.")
            .query("provider", "string", "The name of an upstream.")
            .query("status", "string", "completed, failed, nsfw or canceled.")
            .query("format", "string", "json, or csv: all of it as one table.")
            .paged()
            .answers(200, json(PageBody.class, UsageBodies.RowBody.class))
            .answers(200, json(PageBody.class, UsageBodies.TotalBody.class))
            .answers(200, new Shape("text/csv", null));

    private static final Operation EXPLAIN = get(
                    "/api/v1/usage/{id}/explain", "explainCharge", "What a charge is made of.")
            .needs(Permission.READ_USAGE)
            .answers(200, json(ExplainBody.class))
            .fails(404);

    private static final Operation ORGANIZATION = post(
                    "/api/v1/organizations",
                    "createOrganization",
                    "Another organization and its key; for the operator.")
            .needs(Permission.OPERATE)
            .body(OrganizationRoutes.FORM)
            .repeatable()
            .answers(201, json(OrganizationRoutes.NewKeyBody.class))
            .fails(403, 409);

    private final WalletRoutes wallet;
    private final UsageRoutes usage;
    private final OrganizationRoutes organizations;

    public AccountApi(
            Access access,
            Database database,
            Wallet wallet,
            UsageStore usage,
            Explanations explanations,
            CreateOnce once,
            SignUp signUp,
            InstantSource clock) {
        this.wallet = new WalletRoutes(access, database, wallet);
        this.usage = new UsageRoutes(access, database, usage, explanations, clock);
        this.organizations = new OrganizationRoutes(access, once, signUp);
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(WALLET, wallet::balance)
                .on(TRANSFERS, wallet::transfers)
                .on(USAGE, usage::list)
                .on(EXPLAIN, usage::explain)
                .on(ORGANIZATION, organizations::create);
    }
}
