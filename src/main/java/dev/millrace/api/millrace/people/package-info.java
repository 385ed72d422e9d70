/**
 * People under {@code /api/v1}: signing up and in, sessions, oneself, the members of an organization. Invariant: whether an address is known
 * here is told to nobody who has not shown that it is his. May import api.millrace and the levels below.
 */
@NullMarked
package dev.millrace.api.millrace.people;

import org.jspecify.annotations.NullMarked;
