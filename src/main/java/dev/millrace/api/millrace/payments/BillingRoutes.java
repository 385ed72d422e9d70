package dev.millrace.api.millrace.payments;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Database;
import dev.millrace.id.OrganizationId;
import dev.millrace.invoices.BillingProfile;
import dev.millrace.invoices.Invoice;
import dev.millrace.invoices.Invoices;
import dev.millrace.invoices.ProfileWish;
import dev.millrace.invoices.TaxRate;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.trail.Actor;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/organizations/{id}/billing} and {@code …/invoices}, for whoever runs the installation. */
final class BillingRoutes {
    static final Form FORM = Form.object()
            .takes("invoicing", "boolean", "Whether it gets an invoice every month.")
            .takes("legal_name", "string", "The name on its invoices.")
            .takes("address", "string", "The address, its lines with line breaks between.")
            .takes("country", "string", "The country.")
            .takes("vat_id", "string", "The tax number.")
            .takes("tax_rate", "string", "The tax in percent, such as 19 or 8.1.")
            .takes("reverse_charge", "boolean", "Whether it owes the tax itself.")
            .takes("due_days", "integer", "How long it has to pay.");

    static final Form CLOSE =
            Form.object().takes("now", "boolean", "Up to this moment, not up to the end of last month.");

    /** What closing came to: nothing was to be billed where there is no invoice. */
    record ClosedBody(
            String object, boolean billed, @Nullable InvoiceBody invoice) {}

    private final Access access;
    private final Database database;
    private final Invoices invoices;
    private final PaymentApi.Known known;

    BillingRoutes(PaymentApi.Rooms rooms) {
        this.access = rooms.access();
        this.database = rooms.database();
        this.invoices = rooms.invoices();
        this.known = rooms.known();
    }

    Response show(Request request) {
        access.enter(request);
        OrganizationId organization = organization(request);
        return Response.json(
                200, BillingBody.of(organization, database.read(tx -> invoices.profile(tx, organization))));
    }

    Response set(Request request) {
        Principal principal = access.enter(request);
        OrganizationId organization = organization(request);
        ProfileWish wish = wish(Fields.of(request.body()).only(FORM.names(), ""));
        BillingProfile profile = database.writer()
                .write(
                        organization.text(),
                        tx -> invoices.set(tx, organization, wish, principal.actor(request.remoteAddress())));
        return Response.json(200, BillingBody.of(organization, Optional.of(profile)));
    }

    Response close(Request request) {
        Principal principal = access.enter(request);
        OrganizationId organization = organization(request);
        Fields body = Fields.of(request.body()).only(CLOSE.names(), "");
        boolean now = body.flag("now");
        Actor actor = principal.actor(request.remoteAddress());
        Optional<Invoice> made =
                now ? invoices.closeNow(organization, actor) : invoices.closeMonth(organization, actor);
        InvoiceBody invoice = made.map(InvoiceBody::listed).orElse(null);
        return Response.json(made.isPresent() ? 201 : 200, new ClosedBody("closing", made.isPresent(), invoice));
    }

    private OrganizationId organization(Request request) {
        return OrganizationId.parse(request.pathParam("id"))
                .filter(id -> database.<Boolean>read(tx -> known.is(tx, id)))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization."));
    }

    private static ProfileWish wish(Fields body) {
        String rate = body.textOrNull("tax_rate");
        OptionalLong days = body.number("due_days", 0);
        try {
            return new ProfileWish(
                    body.has("invoicing") ? body.flag("invoicing") : null,
                    body.textOrNull("legal_name"),
                    body.textOrNull("address"),
                    body.textOrNull("country"),
                    body.textOrNull("vat_id"),
                    rate == null ? null : TaxRate.parse(rate),
                    body.has("reverse_charge") ? body.flag("reverse_charge") : null,
                    days.isPresent() ? days.getAsLong() : null);
        } catch (IllegalArgumentException unfit) {
            throw Fields.wrong("", "value", unfit.getMessage() + ".");
        }
    }
}
