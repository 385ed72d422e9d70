/**
 * Usage matched with what upstreams say of it: invoices that are imported as tables, row by row or day by day. Owns the tables
 * {@code reconciliations} and {@code reconciliation_lines}. Invariant: nothing in the ledger changes by a match; a difference is booked
 * to absorbed loss by a person, with a reason, at most once. May import levels 0 to 4.
 */
@NullMarked
package dev.millrace.reconcile;

import org.jspecify.annotations.NullMarked;
