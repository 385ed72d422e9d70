package dev.millrace.privacy;

import java.time.Duration;

/**
 * Settings of what is kept of whoever was erased, section {@code privacy}.
 *
 * @param keepInvoices how long behind its date an invoice of an erased organization says who was billed, as the law where the operator
 *     sits demands
 */
public record PrivacySettings(Duration keepInvoices) {
    public static final PrivacySettings DEFAULTS = new PrivacySettings(Duration.ofDays(3652));

    public PrivacySettings {
        if (keepInvoices.isNegative()) {
            throw new IllegalArgumentException("keep_invoices must not be negative");
        }
    }
}
