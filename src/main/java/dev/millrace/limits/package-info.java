/**
 * How often and how much at once a key may ask: requests per minute and live requests in memory, open jobs of an
 * organization in the database. Invariant: what a refusal says about waiting is true, and a slot that was taken is given
 * back exactly once. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.limits;

import org.jspecify.annotations.NullMarked;
