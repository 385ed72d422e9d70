package dev.millrace.invoices;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some invoices, newest first.
 *
 * @param next the cursor of the page that follows; null at the end
 */
public record InvoicePage(List<Invoice> invoices, @Nullable String next) {}
