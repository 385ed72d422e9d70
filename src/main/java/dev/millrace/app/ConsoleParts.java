package dev.millrace.app;

import dev.millrace.access.Keyring;
import dev.millrace.api.apiframe.ApiframeApi;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.people.PeopleRooms;
import dev.millrace.assets.Assets;
import dev.millrace.console.Console;
import dev.millrace.console.account.AccountRooms;
import dev.millrace.console.account.Doors;
import dev.millrace.console.models.Rates;
import dev.millrace.console.reference.Document;
import dev.millrace.jobs.Jobs;
import dev.millrace.money.CreditRate;
import dev.millrace.payments.Payments;
import dev.millrace.server.Routes;
import java.util.List;

/** Makes the console upon the rooms of a node. */
record ConsoleParts(
        Core core,
        Settings settings,
        Jobs jobs,
        Assets assets,
        PeopleRooms people,
        Keyring keyring,
        Payments payments) {
    void register(Routes routes, OpenApiDocument document, ApiframeApi apiframe) {
        Rates rates = new Rates(
                new CreditRate(settings.higgsfield().creditPrice()),
                new CreditRate(settings.apiframe().creditPrice()));
        List<Document> documents = List.of(
                new Document("millrace", "Millrace", "/api/v1/", "/api/v1/openapi.json", document::render),
                new Document("apiframe", "Apiframe", "/v2/", "/v2/openapi.json", base -> apiframe.document()));
        new Console(
                        new Console.Rooms(core.catalog(), core.prices().terms(), jobs, rates, documents, account()),
                        settings.console())
                .register(routes);
    }

    private AccountRooms account() {
        return new AccountRooms(
                core.database(),
                core.organizations(),
                people.people(),
                people.members(),
                people.sessions(),
                people.callers(),
                people.attempts(),
                new Doors(
                        people.signIn(),
                        people.newcomers(),
                        people.guests(),
                        people.invitations(),
                        people.passwordChanges(),
                        people.twoStep(),
                        people.signOuts(),
                        people.proofs(),
                        people.letters(),
                        people.openId()),
                core.trail(),
                people.founding()::found,
                people.settings(),
                keyring,
                core.wallet(),
                payments,
                core.usage(),
                jobs,
                assets.links(),
                core.ids(),
                core.clock());
    }
}
