/**
 * Wallet, usage and organizations under {@code /api/v1}. Invariant: it shows the ledger's own numbers, as exact decimal texts, and
 * those of the caller's organization alone. May import api.millrace and the levels below.
 */
@NullMarked
package dev.millrace.api.millrace.account;

import org.jspecify.annotations.NullMarked;
