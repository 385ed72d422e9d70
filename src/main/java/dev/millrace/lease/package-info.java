/**
 * Due work: rows that say what has to be done when, claimed by one node at a time. Owns the table {@code due_work}, the
 * fair order in which its rows are claimed, and the workers that run them. Knows nothing of jobs, deliveries or sweeps,
 * which all use it. Invariant: a row's fence rises with every claim, so whoever holds an older one can change nothing.
 * May import {@code db} and level 0.
 */
@NullMarked
package dev.millrace.lease;

import org.jspecify.annotations.NullMarked;
