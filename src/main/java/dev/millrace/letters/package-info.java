/**
 * What Millrace writes to people: about their way in, and to those who answer for the money. Invariant: a letter is put into the outbox in the
 * transaction of what it tells of, once; its links are absolute, from the address that the operator set, never from a request. May import
 * level 3 and below.
 */
@NullMarked
package dev.millrace.letters;

import org.jspecify.annotations.NullMarked;
