/**
 * Wallets and their ledger. Owns accounts, transfers and holds. Invariant: every transfer is balanced and append-only,
 * {@code available} and {@code held} are never negative and equal the sum of their entries, and a hold is resolved at most
 * once. What a hold is for it does not know. Only {@code billing} calls what moves money. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.wallet;

import org.jspecify.annotations.NullMarked;
