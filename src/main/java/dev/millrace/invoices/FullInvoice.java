package dev.millrace.invoices;

import java.util.List;

/** An invoice with all that stands on it. */
public record FullInvoice(Invoice invoice, List<InvoiceLine> lines, List<InvoicePayment> payments) {
    public FullInvoice {
        lines = List.copyOf(lines);
        payments = List.copyOf(payments);
    }
}
