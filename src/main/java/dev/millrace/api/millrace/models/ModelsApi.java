package dev.millrace.api.millrace.models;

import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.jobs.Jobs;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;

/** The routes that show models and prices; public. */
public final class ModelsApi {
    private static final Operation MODELS = get(
                    "/api/v1/models", "listModels", "The models, their parameters and prices.")
            .toAnyone()
            .query("type", "string", "What models make, as language or image.")
            .query("q", "string", "Words that the model has.")
            .query("limit", "integer", "1 to 200, with offset 1 to 1000; all otherwise.")
            .query("offset", "integer", "How many to skip; the answer then has OpenRouter's shape.")
            .query("output_modalities", "string", "With offset: text, image, video, audio; several with commas.")
            .answers(200, json(PageBody.class, ModelBody.class))
            .answers(200, json(ModelPageBody.class));

    private static final Operation MODEL = get(
                    "/api/v1/models/{+id}", "getModel", "One model with its parameters one by one.")
            .toAnyone()
            .answers(200, json(ModelBody.class))
            .fails(404);

    private static final Operation PRICES = get(
                    "/api/v1/prices",
                    "listPrices",
                    "The price list: what whoever asks pays; without a key, the list price.")
            .toAnyone()
            .query("type", "string", "What models make, as language or image.")
            .query("q", "string", "Words that the model has.")
            .answers(200, json(PageBody.class, PriceBody.class));

    private final ModelsRoutes models;

    /** @param access knows whoever asks, if a key is shown, so that he is told the prices that he pays */
    public ModelsApi(Access access, Catalog catalog, CustomerPrices prices, Jobs jobs) {
        this.models = new ModelsRoutes(access, catalog, prices, jobs);
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(MODELS, models::list)
                .on(MODEL, models::one)
                .on(PRICES, models::prices);
    }
}
