/**
 * Monthly invoices, for organizations that pay behind their use. Invariant: everything that was charged stands on exactly one invoice that is
 * not void, to the nano-dollar; numbers have no gaps; what was issued never changes but to paid or void. May import
 * levels 0 to 4.
 */
@NullMarked
package dev.millrace.invoices;

import org.jspecify.annotations.NullMarked;
