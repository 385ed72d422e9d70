package dev.millrace.api.millrace.payments;

import dev.millrace.access.Access;
import dev.millrace.access.Permission;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Amounts;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Database;
import dev.millrace.id.OrganizationId;
import dev.millrace.invoices.FullInvoice;
import dev.millrace.invoices.InvoiceCsv;
import dev.millrace.invoices.InvoicePage;
import dev.millrace.invoices.Invoices;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.nio.charset.StandardCharsets;

/** {@code /api/v1/invoices}: an organization sees its own; whoever runs the installation sees all, and books what is paid. */
final class InvoiceRoutes {
    static final Form PAYMENT = Form.object()
            .needs("amount_usd", "string", "How much was paid, in whole cents.")
            .needs("reference", "string", "Names the payment: the same one counts once.");

    static final Form VOID = Form.object().needs("reason", "string", "Why it is taken back.");

    private final Access access;
    private final Database database;
    private final Invoices invoices;

    InvoiceRoutes(PaymentApi.Rooms rooms) {
        this.access = rooms.access();
        this.database = rooms.database();
        this.invoices = rooms.invoices();
    }

    Response list(Request request) {
        Principal principal = access.enter(request);
        Paging paging = Paging.of(request);
        boolean all = principal.may(Permission.OPERATE)
                && request.query("organization").filter("all"::equals).isPresent();
        OrganizationId whose = all ? null : principal.organization();
        InvoicePage page = database.read(tx -> invoices.list(tx, whose, paging.cursor(), paging.limit()));
        return Response.json(
                200,
                PageBody.of(page.invoices().stream().map(InvoiceBody::listed).toList(), page.next()));
    }

    /** The number, or the number with {@code .pdf} or {@code .csv} for the file. */
    Response find(Request request) {
        Principal principal = access.enter(request);
        String asked = request.pathParam("number");
        String number = asked.replaceFirst("\\.(pdf|csv)$", "");
        FullInvoice full = own(principal, number);
        if (asked.endsWith(".pdf")) {
            return named(Response.bytes(200, "application/pdf", invoices.pdf(full)), asked);
        }
        if (asked.endsWith(".csv")) {
            byte[] csv = InvoiceCsv.of(full).getBytes(StandardCharsets.UTF_8);
            return named(Response.bytes(200, "text/csv; charset=utf-8", csv), asked);
        }
        return Response.json(200, InvoiceBody.of(full));
    }

    Response pay(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(PAYMENT.names(), "");
        Money amount = Amounts.usd(body, "amount_usd");
        String reference = body.text("reference");
        String number = request.pathParam("number");
        FullInvoice full = own(principal, number);
        database.writer()
                .write(
                        full.invoice().organization().text(),
                        tx -> invoices.pay(tx, number, reference, amount, principal.actor(request.remoteAddress())));
        return Response.json(200, InvoiceBody.of(own(principal, number)));
    }

    Response takeBack(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(VOID.names(), "");
        String reason = body.text("reason");
        String number = request.pathParam("number");
        FullInvoice full = own(principal, number);
        database.writer()
                .write(
                        full.invoice().organization().text(),
                        tx -> invoices.takeBack(tx, number, reason, principal.actor(request.remoteAddress())));
        return Response.json(200, InvoiceBody.of(own(principal, number)));
    }

    private FullInvoice own(Principal principal, String number) {
        return database.read(tx -> invoices.find(tx, number))
                .filter(full ->
                        principal.operator() || full.invoice().organization().equals(principal.organization()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such invoice."));
    }

    private static Response named(Response file, String name) {
        return file.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
