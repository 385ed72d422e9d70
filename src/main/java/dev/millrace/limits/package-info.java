/**
 * How often, how much at once and for how much money a key may ask: requests per minute and live requests in memory, open
 * jobs and spend caps in the database. Invariant: what a refusal says about waiting is true, a slot that was taken is given
 * back exactly once, and a cap's window counts exactly the holds made in it. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.limits;

import org.jspecify.annotations.NullMarked;
