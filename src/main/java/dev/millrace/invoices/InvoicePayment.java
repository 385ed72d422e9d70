package dev.millrace.invoices;

import dev.millrace.money.Money;
import java.time.Instant;

/**
 * One payment of an invoice.
 *
 * @param reference names it, once for the invoice
 * @param credited how much of it the wallet was credited with: all but the tax
 */
public record InvoicePayment(String reference, Money amount, Money credited, Instant paidAt) {}
