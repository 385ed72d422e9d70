/**
 * The routes of Millrace's own API about money and what limits its spending: caps, statements, codes, and what the operator does to the
 * wallets of others. Invariant: every amount is a decimal text, exact to the nano-dollar, and no route pays out. May import levels 0 to 6.
 */
@NullMarked
package dev.millrace.api.millrace.money;

import org.jspecify.annotations.NullMarked;
