/**
 * Hashes, HMACs, checksums and sealing. Invariant: secrets are compared in constant time, and sealed bytes open only with
 * the same master key and the same context. May import level 0.
 */
@NullMarked
package dev.millrace.crypto;

import org.jspecify.annotations.NullMarked;
