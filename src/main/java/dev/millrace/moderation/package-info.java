/**
 * A verdict on what a media request says, by rules that the operator writes: words and patterns, by the policy of the model
 * and of the organization. Invariant: a verdict is a code, never a word of what was checked, and nothing that was checked is
 * kept, logged or counted by. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.moderation;

import org.jspecify.annotations.NullMarked;
