package dev.millrace.api.millrace.payments;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Amounts;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.CreateOnce.Created;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Database;
import dev.millrace.payments.Payments;
import dev.millrace.payments.TopUp;
import dev.millrace.payments.TopUpPage;
import dev.millrace.payments.TopUpWish;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/wallet/topups}: payments by card, on a page of the processor's. */
final class TopUpRoutes {
    static final Form FORM = Form.object()
            .needs("amount_usd", "string", "How much, in whole cents.")
            .takes("success_url", "string", "Where the payer is sent behind the payment.")
            .takes("cancel_url", "string", "Where the payer is sent who turns back.")
            .takes("save_card", "boolean", "Keeps the card for automatic top-ups.");

    private static final String SURFACE = "POST /api/v1/wallet/topups";
    private static final int URL_MAX = 2048;

    private final Access access;
    private final Database database;
    private final Payments payments;
    private final CreateOnce once;
    private final @Nullable URI success;
    private final @Nullable URI cancel;

    TopUpRoutes(PaymentApi.Rooms rooms) {
        this.access = rooms.access();
        this.database = rooms.database();
        this.payments = rooms.payments();
        this.once = rooms.once();
        this.success = rooms.success();
        this.cancel = rooms.cancel();
    }

    Response create(Request request) {
        Principal principal = access.enter(request);
        payments.requireMoneyOf(principal.environment());
        Fields body = Fields.of(request.body()).only(FORM.names(), "");
        TopUpWish wish = new TopUpWish(
                Amounts.usd(body, "amount_usd"),
                url(body, "success_url", success, request),
                url(body, "cancel_url", cancel, request),
                body.flag("save_card"));
        CreateOnce.Result<TopUp> made = once.write(
                request,
                SURFACE,
                principal,
                body,
                tx -> {
                    TopUp row = payments.begin(
                            tx, principal.organization(), wish, principal.actor(request.remoteAddress()));
                    return new Created<>(row.id(), row);
                },
                (tx, id) -> payments.find(tx, principal.organization(), id).orElseThrow());
        return Response.json(made.replayed() ? 200 : 201, TopUpBody.of(payments.open(made.value())));
    }

    Response find(Request request) {
        Principal principal = access.enter(request);
        TopUp row = database.read(tx -> payments.find(tx, principal.organization(), request.pathParam("id")))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such top-up."));
        return Response.json(200, TopUpBody.of(row));
    }

    Response list(Request request) {
        Principal principal = access.enter(request);
        Paging paging = Paging.of(request);
        TopUpPage page =
                database.read(tx -> payments.list(tx, principal.organization(), paging.cursor(), paging.limit()));
        return Response.json(
                200, PageBody.of(page.topUps().stream().map(TopUpBody::of).toList(), page.next()));
    }

    private static String url(Fields body, String name, @Nullable URI otherwise, Request request) {
        String given = body.textOrNull(name);
        if (given == null) {
            return Objects.requireNonNullElseGet(
                            otherwise, () -> request.baseUrl().resolve("/"))
                    .toString();
        }
        if (given.length() > URL_MAX || !given.matches("https?://[^\\s\"<>]+")) {
            throw Fields.wrong(body.at(name), "format", "must be a URL that begins with https:// or http://.");
        }
        return given;
    }
}
