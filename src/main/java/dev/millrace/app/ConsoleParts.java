package dev.millrace.app;

import dev.millrace.api.apiframe.ApiframeApi;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.console.Console;
import dev.millrace.console.models.Rates;
import dev.millrace.console.reference.Document;
import dev.millrace.jobs.Jobs;
import dev.millrace.money.CreditRate;
import dev.millrace.server.Routes;
import java.util.List;

/** Makes the console upon the rooms of a node. */
record ConsoleParts(Core core, Settings settings, Jobs jobs) {
    void register(Routes routes, OpenApiDocument document, ApiframeApi apiframe) {
        Rates rates = new Rates(
                new CreditRate(settings.higgsfield().creditPrice()),
                new CreditRate(settings.apiframe().creditPrice()));
        List<Document> documents = List.of(
                new Document("millrace", "Millrace", "/api/v1/", "/api/v1/openapi.json", document::render),
                new Document("apiframe", "Apiframe", "/v2/", "/v2/openapi.json", base -> apiframe.document()));
        new Console(new Console.Rooms(core.catalog(), jobs, rates, documents), settings.console()).register(routes);
    }
}
