package dev.millrace.api.millrace.payments;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Amounts;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Database;
import dev.millrace.money.Money;
import dev.millrace.payments.AutoTopUp;
import dev.millrace.payments.Payments;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** {@code /api/v1/wallet/auto-topup}: the wallet filled by itself from a saved card. */
final class AutoTopUpRoutes {
    static final Form FORM = Form.object()
            .takes("enabled", "boolean", "Whether it is on; false otherwise.")
            .needs("threshold_usd", "string", "The wallet is filled when less than this is available.")
            .needs("amount_usd", "string", "With how much, in whole cents.")
            .needs("monthly_ceiling_usd", "string", "The most that it may come to in a month (UTC).");

    private final Access access;
    private final Database database;
    private final Payments payments;

    AutoTopUpRoutes(PaymentApi.Rooms rooms) {
        this.access = rooms.access();
        this.database = rooms.database();
        this.payments = rooms.payments();
    }

    Response show(Request request) {
        Principal principal = access.enter(request);
        return database.read(tx -> payments.automatic(tx, principal.organization()))
                .map(rule -> Response.json(200, AutoTopUpBody.of(rule)))
                .orElseGet(() -> Response.json(200, AutoTopUpBody.NEVER_SET));
    }

    Response set(Request request) {
        Principal principal = access.enter(request);
        payments.requireMoneyOf(principal.environment());
        Fields body = Fields.of(request.body()).only(FORM.names(), "");
        boolean enabled = body.flag("enabled");
        Money threshold = Amounts.usd(body, "threshold_usd");
        Money amount = Amounts.usd(body, "amount_usd");
        Money ceiling = Amounts.usd(body, "monthly_ceiling_usd");
        AutoTopUp rule = database.writer()
                .write(
                        principal.organization().text(),
                        tx -> payments.fillAutomatically(
                                tx,
                                principal.organization(),
                                enabled,
                                threshold,
                                amount,
                                ceiling,
                                principal.actor(request.remoteAddress())));
        return Response.json(200, AutoTopUpBody.of(rule));
    }

    Response forget(Request request) {
        Principal principal = access.enter(request);
        database.writer()
                .write(
                        principal.organization().text(),
                        tx -> payments.forgetCard(
                                tx, principal.organization(), principal.actor(request.remoteAddress())));
        return show(request);
    }
}
