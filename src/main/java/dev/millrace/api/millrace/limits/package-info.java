/**
 * The routes about limits: what somebody may use, what is left of it, and the plans and rules that an operator sets. May import
 * what {@code api.millrace} may.
 */
@NullMarked
package dev.millrace.api.millrace.limits;

import org.jspecify.annotations.NullMarked;
