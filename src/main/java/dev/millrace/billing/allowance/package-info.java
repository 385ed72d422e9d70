/**
 * The blocks of this node: live requests are granted from them in memory, and what they used is written in batches. Invariant: what a
 * block has granted, was charged, gave back and has left is never more than was durably held. May import what billing may.
 */
@NullMarked
package dev.millrace.billing.allowance;

import org.jspecify.annotations.NullMarked;
