/**
 * Routes of the operator about whether the books are right: what the audit found, holds that were stuck, and upstreams' invoices matched
 * with usage. May import levels 0 to 6.
 */
@NullMarked
package dev.millrace.api.millrace.audit;

import org.jspecify.annotations.NullMarked;
