/**
 * How long a recording is, by its container alone: nothing is decoded. Invariant: whatever the bytes are, an answer comes in
 * time that is linear in them, and what is not understood has no length. Imports the JDK alone.
 */
@NullMarked
package dev.millrace.assets.length;

import org.jspecify.annotations.NullMarked;
