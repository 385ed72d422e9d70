package dev.millrace.invoices;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One invoice, without its lines.
 *
 * @param sequence its place among all invoices of the installation, from 1, without gaps
 * @param until the end of its period, which does not belong to it
 * @param zone whose days it shows
 * @param subtotal all lines, to the nano-dollar
 * @param applied what of it was paid already, from money in the wallet; negative when more was taken back than there was
 * @param rounding what makes whole cents of the rest
 * @param net subtotal less applied, with the rounding
 * @param credited how much of the payments the wallet was credited with
 */
public record Invoice(
        String number,
        long sequence,
        OrganizationId organization,
        InvoiceStatus status,
        Instant from,
        Instant until,
        ZoneId zone,
        Instant issuedAt,
        Instant dueAt,
        Party seller,
        Party buyer,
        Money subtotal,
        Money applied,
        Money rounding,
        Money net,
        TaxRate taxRate,
        Money tax,
        String taxNote,
        Money total,
        Money paid,
        Money credited,
        @Nullable String voidReason) {
    /** What is still to be paid. */
    public Money open() {
        return status == InvoiceStatus.OPEN ? total.minus(paid) : Money.ZERO;
    }
}
