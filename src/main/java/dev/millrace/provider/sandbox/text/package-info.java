/**
 * The sandbox's answers: plain, structured text, cut and counted in real tokens.
 *
 * <p>Invariant: an answer follows from the question and the seed alone, says that it comes from the sandbox, and repeats at
 * most three single, common words of the question.
 */
@NullMarked
package dev.millrace.provider.sandbox.text;

import org.jspecify.annotations.NullMarked;
