package dev.millrace.api.apiframe;

import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.ModelStatus;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Jobs;
import dev.millrace.meter.Modality;
import dev.millrace.money.CreditRate;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /v2/models}: what can be asked for, without a key (contract 1.6). */
final class ModelRoute {
    private final Entrance entrance;
    private final Catalog catalog;
    private final CustomerPrices prices;
    private final Jobs jobs;
    private final CreditRate rate;

    ModelRoute(Entrance entrance, Catalog catalog, CustomerPrices prices, Jobs jobs, CreditRate rate) {
        this.entrance = entrance;
        this.catalog = catalog;
        this.prices = prices;
        this.jobs = jobs;
        this.rate = rate;
    }

    /** The whole list. */
    record ListBody(List<ModelBody> models) {}

    Response list(Request request) {
        String kind = Queries.oneOf(request, "modality", "image", "video", "music");
        Modality wanted = kind == null ? null : Modality.parse(kind).orElseThrow();
        OrganizationId asker = entrance.asker(request).orElse(null);
        List<ModelBody> models = catalog.all().stream()
                .filter(model -> model.status() == ModelStatus.ENABLED)
                .map(model -> prices.shown(model, asker))
                .map(Offer::of)
                .flatMap(Optional::stream)
                .filter(offer -> wanted == null || offer.operation().modality() == wanted)
                .map(offer -> ModelBody.of(
                        offer,
                        rate,
                        jobs.typicalDuration(offer.model().id())
                                .orElse(offer.model().typical())))
                .toList();
        return Response.json(200, new ListBody(models));
    }
}
