/**
 * The routes about prices that people set and look back on: markups, minimums, versions, and what a past time would have cost.
 * May import what {@code api.millrace} may.
 */
@NullMarked
package dev.millrace.api.millrace.prices;

import org.jspecify.annotations.NullMarked;
