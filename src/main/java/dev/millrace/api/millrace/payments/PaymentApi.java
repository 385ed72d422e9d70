package dev.millrace.api.millrace.payments;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.patch;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Operation.put;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.api.millrace.openapi.Shape;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.invoices.Invoices;
import dev.millrace.payments.Payments;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The routes of money that comes in by card. */
public final class PaymentApi {
    private static final Operation CREATE = post(
                    "/api/v1/wallet/topups",
                    "createTopup",
                    "Begins a payment by card; the answer has the page to pay on.")
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

    private static final Operation INVOICES = get("/api/v1/invoices", "listInvoices", "Invoices, newest first.")
            .needs(Permission.READ_BILLING)
            .query("organization", "string", "all, for the operator, who sees everybody's then.")
            .paged()
            .answers(200, json(PageBody.class, InvoiceBody.class));

    private static final Operation INVOICE = get(
                    "/api/v1/invoices/{number}",
                    "getInvoice",
                    "An invoice; with .pdf or .csv behind the number, as that file.")
            .needs(Permission.READ_BILLING)
            .answers(200, json(InvoiceBody.class))
            .answers(200, Shape.file("application/pdf"))
            .answers(200, Shape.file("text/csv"))
            .fails(404);

    private static final Operation PAY = post(
                    "/api/v1/invoices/{number}/payments", "payInvoice", "Books a payment; for the operator.")
            .needs(Permission.OPERATE)
            .body(InvoiceRoutes.PAYMENT)
            .answers(200, json(InvoiceBody.class))
            .fails(403, 404);

    private static final Operation VOID = post(
                    "/api/v1/invoices/{number}/void", "voidInvoice", "Takes an unpaid invoice back; for the operator.")
            .needs(Permission.OPERATE)
            .body(InvoiceRoutes.VOID)
            .answers(200, json(InvoiceBody.class))
            .fails(403, 404);

    private static final Operation BILLING = get(
                    "/api/v1/organizations/{id}/billing",
                    "getBilling",
                    "How an organization is billed; for the operator.")
            .needs(Permission.OPERATE)
            .answers(200, json(BillingBody.class))
            .fails(403, 404);

    private static final Operation SET_BILLING = patch(
                    "/api/v1/organizations/{id}/billing", "setBilling", "Changes how it is billed; for the operator.")
            .needs(Permission.OPERATE)
            .body(BillingRoutes.FORM)
            .answers(200, json(BillingBody.class))
            .fails(403, 404);

    private static final Operation CLOSE = post(
                    "/api/v1/organizations/{id}/invoices",
                    "closeMonth",
                    "Writes the invoice of what was charged up to the end of last month; for the operator.")
            .needs(Permission.OPERATE)
            .body(BillingRoutes.CLOSE)
            .answers(200, json(BillingRoutes.ClosedBody.class))
            .answers(201, json(BillingRoutes.ClosedBody.class))
            .fails(403, 404);

    /** Says whether there is an organization. */
    @FunctionalInterface
    public interface Known {
        boolean is(Tx tx, OrganizationId organization);
    }

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
            Invoices invoices,
            Known known,
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
        InvoiceRoutes invoices = new InvoiceRoutes(rooms);
        BillingRoutes billing = new BillingRoutes(rooms);
        Routes.Group group = routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT);
        new Described(group, Failures.problems(), document)
                .on(CREATE, topUps::create)
                .on(LIST, topUps::list)
                .on(FIND, topUps::find)
                .on(AUTOMATIC, automatic::show)
                .on(SET_AUTOMATIC, automatic::set)
                .on(FORGET, automatic::forget)
                .on(INVOICES, invoices::list)
                .on(INVOICE, invoices::find)
                .on(PAY, invoices::pay)
                .on(VOID, invoices::takeBack)
                .on(BILLING, billing::show)
                .on(SET_BILLING, billing::set)
                .on(CLOSE, billing::close);
        routes.group(ProblemJson::render)
                .needing(RouteInfo.ANYONE)
                .post("/payments/stripe", rooms.payments().callbacks());
    }
}
