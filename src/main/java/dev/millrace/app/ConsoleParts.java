package dev.millrace.app;

import dev.millrace.access.KeyGuard;
import dev.millrace.api.apiframe.ApiframeApi;
import dev.millrace.api.millrace.money.WalletStatement;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.people.PeopleRooms;
import dev.millrace.assets.Assets;
import dev.millrace.console.Console;
import dev.millrace.console.account.AccountRooms;
import dev.millrace.console.account.Doors;
import dev.millrace.console.account.OrganizationRooms;
import dev.millrace.console.account.Statements;
import dev.millrace.console.models.Rates;
import dev.millrace.console.reference.Document;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Jobs;
import dev.millrace.money.CreditRate;
import dev.millrace.server.Routes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the console upon the rooms of a node. */
record ConsoleParts(
        Core core,
        Settings settings,
        Jobs jobs,
        Assets assets,
        PeopleRooms people,
        KeyParts keys,
        LimitParts limits,
        PaymentRooms payments) {
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
                        people.hosts(),
                        people.memberChanges(),
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
                keys.desk().keyring(),
                organization(),
                core.wallet(),
                payments.byCard(),
                core.usage(),
                jobs,
                assets.links(),
                core.ids(),
                core.clock());
    }

    private OrganizationRooms organization() {
        return new OrganizationRooms(
                new KeyGuard(core.access()),
                keys.suspender(),
                core.caps(),
                MoneyParts.of(core).treasury(),
                limits.standings(),
                payments.invoices(),
                this::statement);
    }

    private Statements.Period statement(
            Tx tx, OrganizationId organization, @Nullable String from, @Nullable String to) {
        WalletStatement read = WalletStatement.read(tx, core.wallet(), core.organizations(), organization, from, to);
        return new Statements.Period(
                read.from(), read.to(), read.zone(), read.statement(), read.lines(), read::body, read::csv);
    }
}
