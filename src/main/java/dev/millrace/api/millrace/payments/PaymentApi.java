package dev.millrace.api.millrace.payments;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Operation.put;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.db.Database;
import dev.millrace.payments.Payments;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The routes of money that comes in by card. */
public final class PaymentApi {
    private static final Operation CREATE = post(
                    "/api/v1/wallet/topups", "createTopup", "Begins a payment by card; the answer has the page to pay on.")
            .needs(Permission.MANAGE_BILLING)
            .body(TopUpRoutes.FORM)
            .repeatable()
            .answers(201, json(TopUpBody.class))
            .fails(403, 404, 429, 502);

    private static final Operation LIST = get("/api/v1/wallet/topups", "listTopups", "Payments by card, newest first.")
            .needs(Permission.READ_BILLING)
            .paged()
            .answers(200, json(PageBody.class, TopUpBody.class));

    private static final Operation FIND = get("/api/v1/wallet/topups/{id}", "getTopup", "How a payment by card stands.")
            .needs(Permission.READ_BILLING)
            .answers(200, json(TopUpBody.class))
            .fails(404);

    private static final Operation AUTOMATIC = get(
                    "/api/v1/wallet/auto-topup", "getAutoTopup", "How the wallet is filled by itself.")
            .needs(Permission.READ_BILLING)
            .answers(200, json(AutoTopUpBody.class));

    private static final Operation SET_AUTOMATIC = put(
                    "/api/v1/wallet/auto-topup", "setAutoTopup", "Sets how the wallet is filled by itself.")
            .needs(Permission.MANAGE_BILLING)
            .body(AutoTopUpRoutes.FORM)
            .answers(200, json(AutoTopUpBody.class))
            .fails(404);

    private static final Operation FORGET = delete(
                    "/api/v1/wallet/auto-topup", "deleteAutoTopup", "Switches it off, and forgets the saved card.")
            .needs(Permission.MANAGE_BILLING)
            .answers(200, json(AutoTopUpBody.class));

    /**
     * What the routes work with.
     *
     * @param success where payers are sent unless a request says; null is this server's front door
     * @param cancel where payers are sent who turn back, likewise
     */
    public record Rooms(
            Access access,
            Database database,
            Payments payments,
            CreateOnce once,
            @Nullable URI success,
            @Nullable URI cancel) {}

    private final Rooms rooms;

    public PaymentApi(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Registers them, and says in the document what they do; with them where Stripe tells what it has to tell. */
    public void register(Routes routes, OpenApiDocument document) {
        TopUpRoutes topUps = new TopUpRoutes(rooms);
        AutoTopUpRoutes automatic = new AutoTopUpRoutes(rooms);
        Routes.Group group = routes.group(ProblemJson::render);
        new Described(group, Failures.problems(), document)
                .on(CREATE, topUps::create)
                .on(LIST, topUps::list)
                .on(FIND, topUps::find)
                .on(AUTOMATIC, automatic::show)
                .on(SET_AUTOMATIC, automatic::set)
                .on(FORGET, automatic::forget);
        routes.group(ProblemJson::render)
                .needing(RouteInfo.ANYONE)
                .post("/payments/stripe", rooms.payments().callbacks());
    }
}
