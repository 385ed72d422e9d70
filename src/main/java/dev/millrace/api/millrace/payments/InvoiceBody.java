package dev.millrace.api.millrace.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.invoices.FullInvoice;
import dev.millrace.invoices.Invoice;
import dev.millrace.invoices.InvoiceLine;
import dev.millrace.invoices.InvoicePayment;
import dev.millrace.invoices.Party;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One invoice. Amounts are dollars; lines have the ledger's numbers, sums from {@code net_usd} on are whole cents.
 *
 * @param status open, paid or void
 * @param period_until the end of the period, which does not belong to it
 * @param applied_usd what of the subtotal was paid before, from the balance
 * @param lines by model and key; not in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvoiceBody(
        String object,
        String number,
        String organization,
        String status,
        String period_from,
        String period_until,
        String time_zone,
        String issued_at,
        String due_at,
        String currency,
        PartyBody seller,
        PartyBody buyer,
        String subtotal_usd,
        String applied_usd,
        String rounding_usd,
        String net_usd,
        String tax_rate,
        String tax_usd,
        @Nullable String tax_note,
        String total_usd,
        String paid_usd,
        String open_usd,
        @Nullable String void_reason,
        @Nullable List<LineBody> lines,
        @Nullable List<PaymentBody> payments) {
    /** Who sells or buys. */
    record PartyBody(String name, List<String> address, String country, String vat_id) {
        static PartyBody of(Party party) {
            return new PartyBody(party.name(), party.address(), party.country(), party.vatId());
        }
    }

    /** What one key was charged for one model in a window of time. */
    record LineBody(String from, String until, String model, String key_id, long requests, String amount_usd) {
        static LineBody of(InvoiceLine line) {
            return new LineBody(
                    line.from().toString(),
                    line.until().toString(),
                    line.model(),
                    line.key(),
                    line.requests(),
                    line.amount().toUsd());
        }
    }

    /** One payment; {@code credited_usd} of it went into the wallet, the rest is tax. */
    record PaymentBody(String reference, String amount_usd, String credited_usd, String paid_at) {
        static PaymentBody of(InvoicePayment payment) {
            return new PaymentBody(
                    payment.reference(),
                    payment.amount().toUsd(),
                    payment.credited().toUsd(),
                    payment.paidAt().toString());
        }
    }

    static InvoiceBody of(FullInvoice full) {
        return of(
                full.invoice(),
                full.lines().stream().map(LineBody::of).toList(),
                full.payments().stream().map(PaymentBody::of).toList());
    }

    static InvoiceBody listed(Invoice invoice) {
        return of(invoice, null, null);
    }

    private static InvoiceBody of(
            Invoice invoice, @Nullable List<LineBody> lines, @Nullable List<PaymentBody> payments) {
        return new InvoiceBody(
                "invoice",
                invoice.number(),
                invoice.organization().text(),
                invoice.status().code(),
                invoice.from().toString(),
                invoice.until().toString(),
                invoice.zone().getId(),
                invoice.issuedAt().toString(),
                invoice.dueAt().toString(),
                "USD",
                PartyBody.of(invoice.seller()),
                PartyBody.of(invoice.buyer()),
                invoice.subtotal().toUsd(),
                invoice.applied().toUsd(),
                invoice.rounding().toUsd(),
                invoice.net().toUsd(),
                invoice.taxRate().percent(),
                invoice.tax().toUsd(),
                invoice.taxNote().isEmpty() ? null : invoice.taxNote(),
                invoice.total().toUsd(),
                invoice.paid().toUsd(),
                invoice.open().toUsd(),
                invoice.voidReason(),
                lines,
                payments);
    }
}
