/**
 * What can go wrong for a caller: the closed list of failure codes, and a failure with its facts. Invariant: a problem
 * carries nothing of what a prompt or an output said beyond a short piece of the offending value, is shown to the caller
 * alone, and is never logged whole. Imports nothing of Millrace.
 */
@NullMarked
package dev.millrace.problem;

import org.jspecify.annotations.NullMarked;
