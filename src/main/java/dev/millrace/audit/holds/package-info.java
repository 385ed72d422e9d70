/**
 * Holds that are open longer than their rule allows: found, ended by the rule of their kind, or reported. Owns the table {@code hold_cases}
 * and what is measured of open holds. Invariant: a hold is ended here only when nobody else will, by the one conditional update that
 * everybody ends holds by.
 */
@NullMarked
package dev.millrace.audit.holds;

import org.jspecify.annotations.NullMarked;
