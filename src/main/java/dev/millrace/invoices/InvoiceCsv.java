package dev.millrace.invoices;

import dev.millrace.money.Money;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An invoice as comma-separated values (RFC 4180): a row for each line, and one for each sum. */
public final class InvoiceCsv {
    private InvoiceCsv() {}

    /** The text of the file. */
    public static String of(FullInvoice full) {
        Invoice invoice = full.invoice();
        StringBuilder csv = new StringBuilder();
        row(csv, "invoice", "kind", "from", "until", "model", "key_id", "requests", "amount_usd");
        for (InvoiceLine line : full.lines()) {
            row(
                    csv,
                    invoice.number(),
                    "usage",
                    line.from().toString(),
                    line.until().toString(),
                    line.model(),
                    line.key(),
                    String.valueOf(line.requests()),
                    line.amount().toUsd());
        }
        sum(csv, invoice, "subtotal", invoice.subtotal());
        sum(csv, invoice, "paid_from_balance", invoice.applied().negate());
        sum(csv, invoice, "rounding", invoice.rounding());
        sum(csv, invoice, "net", invoice.net());
        sum(csv, invoice, "tax", invoice.tax());
        sum(csv, invoice, "total", invoice.total());
        for (InvoicePayment payment : full.payments()) {
            row(
                    csv,
                    invoice.number(),
                    "payment " + payment.reference(),
                    payment.paidAt().toString(),
                    "",
                    "",
                    "",
                    "",
                    payment.amount().toUsd());
        }
        return csv.toString();
    }

    private static void sum(StringBuilder csv, Invoice invoice, String kind, Money amount) {
        row(
                csv,
                invoice.number(),
                kind,
                invoice.from().toString(),
                invoice.until().toString(),
                "",
                "",
                "",
                amount.toUsd());
    }

    private static void row(StringBuilder csv, String... cells) {
        csv.append(Arrays.stream(cells).map(InvoiceCsv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
