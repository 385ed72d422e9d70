/**
 * The ways in: with a password, and a second step where the person wants one. Invariant: an address that is unknown is answered as a wrong
 * password is, in the same words and the same time; who tries too often is told when to come back, and is let in no sooner.
 */
@NullMarked
package dev.millrace.access.signin;

import org.jspecify.annotations.NullMarked;
