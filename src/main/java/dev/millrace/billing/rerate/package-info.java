/**
 * What a past time would have cost under other prices. Invariant: nothing is written, and nothing is guessed: a request of which
 * something is not known that the other prices depend on is named, and not rated. May import what {@code billing} may.
 */
@NullMarked
package dev.millrace.billing.rerate;

import org.jspecify.annotations.NullMarked;
