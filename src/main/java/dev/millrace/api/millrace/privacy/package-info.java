/**
 * Privacy under {@code /api/v1}: archives, erasures, and what an operator finds of whom. Invariant: nothing is erased that was not confirmed
 * by a password, a second step, a fresh session, or the name of the organization. May import api.millrace and the levels below.
 */
@NullMarked
package dev.millrace.api.millrace.privacy;

import org.jspecify.annotations.NullMarked;
