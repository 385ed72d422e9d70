/**
 * Top-ups by card, through Stripe. Owns a row for every payment, and the automatic top-ups. Invariant: a payment is credited exactly
 * once, for the amount of its own row, and only when Stripe says by signature or in answer to our question that it was
 * paid. The only room that names Stripe's library. May import levels 0 to 4.
 */
@NullMarked
package dev.millrace.payments;

import org.jspecify.annotations.NullMarked;
