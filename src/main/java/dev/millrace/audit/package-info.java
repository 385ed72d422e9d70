/**
 * Verifies the invariants of money and jobs against the tables themselves, online. Owns the named checks that
 * {@code millrace doctor} prints, that run on a schedule and that tests run after every scenario. Invariant: a check reads and
 * never repairs. May import levels 0 to 4.
 */
@NullMarked
package dev.millrace.audit;

import org.jspecify.annotations.NullMarked;
