package dev.millrace.invoices;

import java.util.Locale;

/** Where an invoice stands. */
public enum InvoiceStatus {
    /** To be paid. */
    OPEN,
    /** Paid in full, or nothing was to be paid. */
    PAID,
    /** Taken back; what stood on it comes on another. */
    VOID;

    /** The name that is stored and shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static InvoiceStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
