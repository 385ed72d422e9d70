package dev.millrace.app;

import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.prices.PricesApi;
import dev.millrace.billing.PriceDesk;
import dev.millrace.billing.rerate.Rerater;
import dev.millrace.server.Routes;

/** What sets prices and looks back on them, as the routes and the command line have it. */
record PriceParts(Core core, PriceDesk desk, Rerater rerater) {
    static PriceParts of(Core core) {
        return new PriceParts(
                core,
                new PriceDesk(core.prices().terms(), core.organizations(), core.catalog(), core.trail()),
                new Rerater(core.database(), core.usage(), core.prices().versions()::find));
    }

    void register(Routes routes, OpenApiDocument document) {
        new PricesApi(new PricesApi.Rooms(
                        core.access(), core.database(), desk, core.prices().versions(), rerater, core.clock()))
                .register(routes, document);
    }
}
