/**
 * The audit log: who changed what, when and from where. Invariant: a line is written in the transaction of the change that it tells
 * of, is never changed or deleted, and holds neither content nor a secret. May import levels 0 and 1.
 */
@NullMarked
package dev.millrace.trail;

import org.jspecify.annotations.NullMarked;
