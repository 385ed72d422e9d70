package dev.millrace.app;

import dev.millrace.api.millrace.money.MoneyApi;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.billing.Codes;
import dev.millrace.billing.Treasury;
import dev.millrace.server.Routes;

/** What moves and limits money by hand, as the routes and the command line have it. */
record MoneyParts(Core core, Treasury treasury, Codes codes) {
    static MoneyParts of(Core core) {
        Treasury treasury = new Treasury(core.billing(), core.wallet(), core.caps(), core.trail());
        return new MoneyParts(core, treasury, new Codes(core.database(), treasury, core.ids(), core.trail()));
    }

    void register(Routes routes, OpenApiDocument document) {
        new MoneyApi(new MoneyApi.Rooms(
                        core.access(),
                        core.organizations(),
                        core.database(),
                        core.wallet(),
                        core.caps(),
                        treasury,
                        codes,
                        core.ids()))
                .register(routes, document);
    }
}
