/**
 * Durable (media) requests. Invariant: every accepted job reaches exactly one terminal state, is charged once or released,
 * and survives the death of any process at any step: a worker is a virtual thread over durable checkpoints, and what it
 * writes is fenced by its claim. May import levels 0 to 5.
 */
@NullMarked
package dev.millrace.jobs;

import org.jspecify.annotations.NullMarked;
