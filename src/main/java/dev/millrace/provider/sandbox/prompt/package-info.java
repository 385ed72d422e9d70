/**
 * What the sandbox reads out of a prompt: its words, and the chance that follows from them.
 *
 * <p>Invariant: the same prompt, seed and purpose always give the same words and the same throws. Imports the JDK alone.
 */
@NullMarked
package dev.millrace.provider.sandbox.prompt;

import org.jspecify.annotations.NullMarked;
