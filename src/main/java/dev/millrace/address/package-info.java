/**
 * Addresses of the network as texts, and ranges of them. Invariant: an address has one spelling, and nothing is looked up to
 * read it. May import nothing.
 */
@NullMarked
package dev.millrace.address;

import org.jspecify.annotations.NullMarked;
