package dev.millrace.api.millrace.openrouter;

import dev.millrace.access.Access;
import dev.millrace.api.millrace.models.ModelsRoutes;
import dev.millrace.api.millrace.models.OpenRouterModelBody;
import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.function.UnaryOperator;

/** Models under OpenRouter's routes: one, all of a key, how many, the upstreams of one, and those that make videos. */
final class ModelRoutes {
    /** How many models there are. */
    record CountBody(int count) {}

    private static final String MODELS = "/api/v1/models/";
    private static final String ENDPOINTS = "/endpoints";

    private final Access access;
    private final Catalog catalog;
    private final CustomerPrices prices;

    ModelRoutes(Access access, Catalog catalog, CustomerPrices prices) {
        this.access = access;
        this.catalog = catalog;
        this.prices = prices;
    }

    Response one(Request request) {
        return Response.json(
                200, new DataBody<>(OpenRouterModelBody.of(shown(request).apply(named(request)))));
    }

    Response endpoints(Request request) {
        String path = request.path();
        String id = path.substring(MODELS.length(), path.length() - ENDPOINTS.length());
        return Response.json(
                200,
                new DataBody<>(
                        EndpointsBody.of(shown(request).apply(ModelsRoutes.found(catalog, id.replace("%2F", "/"))))));
    }

    Response count(Request request) {
        return Response.json(200, new DataBody<>(new CountBody(catalog.all().size())));
    }

    /** Every model: a key may use all of them. */
    Response ofKey(Request request) {
        OrganizationId organization = access.enter(request).organization();
        return ModelsRoutes.page(catalog, request, null, model -> prices.shown(model, organization));
    }

    Response videos(Request request) {
        List<VideoModelBody> models = catalog.all().stream()
                .filter(model -> model.modality() == Modality.VIDEO)
                .map(shown(request))
                .map(VideoModelBody::of)
                .toList();
        return Response.json(200, new VideoModelsBody(models));
    }

    /** Gives a model the prices of whoever asks. */
    private UnaryOperator<Model> shown(Request request) {
        OrganizationId asker = access.asker(request).orElse(null);
        return model -> prices.shown(model, asker);
    }

    private Model named(Request request) {
        return ModelsRoutes.found(catalog, request.pathParam("author") + "/" + request.pathParam("slug"));
    }
}
