/**
 * Exact amounts of money. Owns {@link dev.millrace.money.Money}, a count of nano-dollars, and the credit rates in which
 * dialects present it. Invariant: no operation loses a nano or wraps around silently. Imports nothing of Millrace.
 */
@NullMarked
package dev.millrace.money;

import org.jspecify.annotations.NullMarked;
