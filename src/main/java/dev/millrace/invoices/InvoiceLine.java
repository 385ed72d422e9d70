package dev.millrace.invoices;

import dev.millrace.money.Money;
import java.time.Instant;

/**
 * What one key was charged for one model in a window of time.
 *
 * @param amount to the nano-dollar, as the ledger has it
 */
public record InvoiceLine(Instant from, Instant until, String model, String key, long requests, Money amount) {}
