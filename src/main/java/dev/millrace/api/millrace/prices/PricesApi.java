package dev.millrace.api.millrace.prices;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Operation.put;
import static dev.millrace.api.millrace.openapi.Shape.file;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.models.PriceBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.api.millrace.prices.PriceBodies.RemovedBody;
import dev.millrace.api.millrace.prices.PriceBodies.RerateBody;
import dev.millrace.api.millrace.prices.PriceBodies.TermBody;
import dev.millrace.api.millrace.prices.PriceBodies.VersionBody;
import dev.millrace.billing.PriceDesk;
import dev.millrace.billing.rerate.Rerater;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.db.Database;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;
import java.time.InstantSource;

/** The routes about markups, minimums, price versions and re-rating. */
public final class PricesApi {
    static final Form MARKUP = Form.object()
            .needs("for", "string", "organization:ID, plan:NAME or default.")
            .takes("of", "string", "model:ID or modality:NAME; everything otherwise.")
            .needs("factor", "string", "By what prices are multiplied, as \"1.15\"; below 1 for a discount.");
    static final Form MINIMUM = Form.object()
            .needs("for", "string", "organization:ID, plan:NAME or default.")
            .takes("of", "string", "model:ID or modality:NAME; everything otherwise.")
            .needs("usd", "string", "What a request costs at least, as \"0.002\".");

    private static final Operation TERMS = get(
                    "/api/v1/prices/terms", "listPriceTerms", "Every markup and minimum; for the operator.")
            .needs(Permission.OPERATE)
            .answers(200, json(PageBody.class, TermBody.class));
    private static final Operation VERSIONS = get(
                    "/api/v1/prices/versions", "listPriceVersions", "Every price list that a model ever had.")
            .needs(Permission.READ_MODELS)
            .query("model", "string", "The id of the model.")
            .answers(200, json(PageBody.class, VersionBody.class))
            .fails(404);
    private static final Operation OF_ORGANIZATION = get(
                    "/api/v1/organizations/{id}/prices",
                    "listOrganizationPrices",
                    "What an organization pays; for the operator.")
            .needs(Permission.OPERATE)
            .query("q", "string", "Words that the model has.")
            .query("model", "string", "The id of one model.")
            .answers(200, json(PageBody.class, PriceBody.class))
            .fails(404);
    private static final Operation RERATE = post(
                    "/api/v1/prices/rerate",
                    "ratePast",
                    "What a past time would have cost under other prices; nothing is changed.")
            .needs(Permission.READ_USAGE)
            .body(RerateForm.FORM)
            .answers(200, json(RerateBody.class))
            .answers(200, file("text/csv"))
            .fails(403, 404);

    /** The rooms that the routes call. */
    public record Rooms(
            Access access,
            Database database,
            PriceDesk desk,
            PriceVersionStore versions,
            Rerater rerater,
            InstantSource clock) {}

    private final TermRoutes terms;
    private final RerateRoutes rerating;

    public PricesApi(Rooms rooms) {
        this.terms = new TermRoutes(rooms);
        this.rerating = new RerateRoutes(rooms);
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(TERMS, terms::list)
                .on(set("markup", "setMarkup", "Sets a markup; for the operator.", MARKUP), terms::setMarkup)
                .on(
                        set("minimum", "setMinimum", "Sets a minimum charge; for the operator.", MINIMUM),
                        terms::setMinimum)
                .on(remove("markup", "removeMarkup", "Takes a markup away; for the operator."), terms::removeMarkup)
                .on(remove("minimum", "removeMinimum", "Takes a minimum away; for the operator."), terms::removeMinimum)
                .on(VERSIONS, terms::versions)
                .on(OF_ORGANIZATION, terms::ofOrganization)
                .on(RERATE, rerating::rerate);
    }

    private static Operation set(String kind, String id, String summary, Form form) {
        return put("/api/v1/prices/" + kind, id, summary)
                .needs(Permission.OPERATE)
                .body(form)
                .answers(200, json(TermBody.class))
                .fails(404);
    }

    private static Operation remove(String kind, String id, String summary) {
        return delete("/api/v1/prices/" + kind, id, summary)
                .needs(Permission.OPERATE)
                .query("for", "string", "organization:ID, plan:NAME or default.")
                .query("of", "string", "model:ID or modality:NAME; the one for everything otherwise.")
                .answers(200, json(RemovedBody.class));
    }
}
