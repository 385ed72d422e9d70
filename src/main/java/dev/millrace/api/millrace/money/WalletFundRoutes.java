package dev.millrace.api.millrace.money;

import dev.millrace.access.Access;
import dev.millrace.access.Organizations;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.money.MoneyBodies.CreditBody;
import dev.millrace.api.millrace.money.MoneyBodies.GrantBody;
import dev.millrace.api.millrace.money.MoneyBodies.RedeemedBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.billing.Codes;
import dev.millrace.db.Database;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an organization sees of its own wallet: statements, grants, its credit line; and the codes that it redeems. */
final class WalletFundRoutes {
    static final Form CODE =
            Form.object().needs("code", "string", "As it was given; dashes and capitals do not matter.");

    private static final int GRANTS = 100;

    private final Access access;
    private final Database database;
    private final Wallet wallet;
    private final Organizations organizations;
    private final Codes codes;

    WalletFundRoutes(MoneyApi.Rooms rooms) {
        this.access = rooms.access();
        this.database = rooms.database();
        this.wallet = rooms.wallet();
        this.organizations = rooms.organizations();
        this.codes = rooms.codes();
    }

    Response statement(Request request) {
        Principal principal = access.enter(request);
        String format = request.query("format").orElse("json");
        if (!List.of("json", "csv").contains(format)) {
            throw Fields.wrong("format", "enum", "must be json or csv.");
        }
        WalletStatement statement = database.read(tx -> WalletStatement.read(
                tx,
                wallet,
                organizations,
                principal.organization(),
                request.query("from").orElse(null),
                request.query("to").orElse(null)));
        return format.equals("csv")
                ? Response.bytes(200, "text/csv; charset=utf-8", statement.csv().getBytes(StandardCharsets.UTF_8))
                : Response.json(200, statement.body());
    }

    Response grants(Request request) {
        Principal principal = access.enter(request);
        List<GrantBody> grants = database.read(tx -> wallet.grants(tx, principal.organization(), GRANTS).stream()
                .map(GrantBody::of)
                .toList());
        return Response.json(200, PageBody.of(grants, null));
    }

    Response credit(Request request) {
        Principal principal = access.enter(request);
        return Response.json(
                200,
                database.read(tx -> CreditBody.of(
                        principal.organization().text(), wallet.creditLine(tx, principal.organization()))));
    }

    Response redeem(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(CODE.names(), "");
        return Response.json(
                201,
                RedeemedBody.of(codes.redeem(
                        principal.actor(request.remoteAddress()), principal.organization(), body.text("code"))));
    }
}
