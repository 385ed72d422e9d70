/**
 * The sandbox's composer: a small band that writes a piece for a prompt and plays it, all by arithmetic.
 *
 * <p>Invariant: a track is a pure function of its order, lasts exactly as long as asked, fades at both ends and never clips.
 * Imports the JDK and {@code sandbox.prompt} alone; needs no sound device.
 */
@NullMarked
package dev.millrace.provider.sandbox.music;

import org.jspecify.annotations.NullMarked;
