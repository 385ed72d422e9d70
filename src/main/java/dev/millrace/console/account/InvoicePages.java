package dev.millrace.console.account;

import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.invoices.FullInvoice;
import dev.millrace.invoices.Invoice;
import dev.millrace.invoices.InvoiceCsv;
import dev.millrace.invoices.InvoiceLine;
import dev.millrace.invoices.InvoicePage;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** {@code /console/invoices}: what the organization was billed, each as a page, a PDF and a table. */
public final class InvoicePages {
    private static final int LINES = 50;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    InvoicePages(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** An invoice as lists and its page show it; days are those of its time zone. */
    public record Line(
            String number,
            String status,
            String tone,
            String from,
            String to,
            String issued,
            String due,
            String subtotal,
            String applied,
            String rounding,
            String net,
            String tax,
            String taxNote,
            String total,
            String open,
            String seller,
            String buyer,
            String voided,
            String zone) {
        static Line of(Invoice invoice, boolean overdue) {
            String why = invoice.voidReason();
            return new Line(
                    invoice.number(),
                    overdue ? "overdue" : invoice.status().code(),
                    switch (invoice.status()) {
                        case OPEN -> overdue ? "bad" : "warn";
                        case PAID -> "ok";
                        case VOID -> "";
                    },
                    day(invoice, invoice.from()),
                    day(invoice, invoice.until().minusNanos(1)),
                    day(invoice, invoice.issuedAt()),
                    day(invoice, invoice.dueAt()),
                    Cash.exact(invoice.subtotal()),
                    Cash.exact(invoice.applied()),
                    Cash.exact(invoice.rounding()),
                    Cash.exact(invoice.net()),
                    Cash.exact(invoice.tax()),
                    invoice.taxNote(),
                    Cash.round(invoice.total()),
                    Cash.round(invoice.open()),
                    invoice.seller().name(),
                    invoice.buyer().name(),
                    why == null ? "" : why,
                    invoice.zone().getId());
        }

        private static String day(Invoice invoice, Instant moment) {
            return LocalDate.ofInstant(moment, invoice.zone()).toString();
        }
    }

    /** What one key was charged for one model. */
    public record Charge(String model, String key, long requests, String amount) {
        static Charge of(InvoiceLine line) {
            return new Charge(line.model(), line.key(), line.requests(), Cash.exact(line.amount()));
        }
    }

    /** A payment. */
    public record Paid(String at, String reference, String amount) {}

    /** {@code GET /console/invoices}. */
    Response list(Request request) {
        Visitor visitor = visitors.enter(request);
        String cursor = request.query("cursor").filter(text -> !text.isEmpty()).orElse(null);
        InvoicePage page = rooms.database()
                .read(tx -> rooms.organization()
                        .invoices()
                        .list(tx, visitor.caller().organization(), cursor, LINES));
        String next = page.next();
        return pages.personal(
                request,
                200,
                new Content(
                        "account/invoices.jte",
                        "Invoices",
                        "What was billed.",
                        null,
                        Map.of(
                                "invoices",
                                page.invoices().stream().map(this::line).toList(),
                                "next",
                                next == null ? "" : next)),
                Visitors.told(visitor));
    }

    private Line line(Invoice invoice) {
        boolean overdue = invoice.open().isPositive()
                && invoice.dueAt().isBefore(rooms.clock().instant());
        return Line.of(invoice, overdue);
    }

    /** {@code GET /console/invoices/{number}}: the number, or the number with {@code .pdf} or {@code .csv} for the file. */
    Response one(Request request) {
        Visitor visitor = visitors.enter(request);
        String asked = request.pathParam("number");
        FullInvoice full = rooms.database()
                .read(tx -> rooms.organization().invoices().find(tx, asked.replaceFirst("\\.(pdf|csv)$", "")))
                .filter(found ->
                        found.invoice().organization().equals(visitor.caller().organization()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such invoice."));
        if (asked.endsWith(".pdf")) {
            return named(
                    Response.bytes(
                            200,
                            "application/pdf",
                            rooms.organization().invoices().pdf(full)),
                    asked);
        }
        if (asked.endsWith(".csv")) {
            byte[] csv = InvoiceCsv.of(full).getBytes(StandardCharsets.UTF_8);
            return named(Response.bytes(200, "text/csv; charset=utf-8", csv), asked);
        }
        List<Paid> payments = full.payments().stream()
                .map(paid -> new Paid(Moments.of(paid.paidAt()), paid.reference(), Cash.round(paid.amount())))
                .toList();
        return pages.personal(
                request,
                200,
                new Content(
                        "account/invoice.jte",
                        "Invoice " + full.invoice().number(),
                        "An invoice.",
                        null,
                        Map.of(
                                "page",
                                line(full.invoice()),
                                "charges",
                                full.lines().stream().map(Charge::of).toList(),
                                "payments",
                                payments)),
                Visitors.told(visitor));
    }

    private static Response named(Response file, String name) {
        return file.header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store");
    }
}
