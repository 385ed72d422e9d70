/**
 * The neutral request and result types, and the small capability interfaces that every upstream adapter implements.
 * Invariant: nothing here names a vendor, a dialect, a customer or money. May import levels 0 to 2; holds no registry of
 * adapters: {@code app} builds that map and hands it to {@code routing}.
 */
@NullMarked
package dev.millrace.provider;

import org.jspecify.annotations.NullMarked;
