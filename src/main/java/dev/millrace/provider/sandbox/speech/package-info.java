/**
 * Reads text aloud with a synthetic voice, and writes down what it reads: letters become sounds, sounds become a voice, the
 * voice becomes a file. Invariant: text, voice and speed alone decide every sample. May import the sandbox's {@code prompt} and
 * the codecs.
 */
@NullMarked
package dev.millrace.provider.sandbox.speech;

import org.jspecify.annotations.NullMarked;
