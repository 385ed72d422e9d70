/**
 * The routes that manage keys, and that suspend and resume. Invariant: nobody hands out more than he has: a key that is made or
 * changed has no wider role, scopes or environment than whoever does it. May import what {@code api.millrace} may.
 */
@NullMarked
package dev.millrace.api.millrace.keys;

import org.jspecify.annotations.NullMarked;
