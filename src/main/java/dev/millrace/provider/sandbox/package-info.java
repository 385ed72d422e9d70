/**
 * The upstream that Millrace brings along: it makes real files and answers by itself, and does wrong on request.
 *
 * <p>Invariant: what it makes is a pure function of the call; it keeps no state, so it goes on after a restart as if there had
 * been none. May import {@code provider} and below; {@code app} alone imports it.
 */
@NullMarked
package dev.millrace.provider.sandbox;

import org.jspecify.annotations.NullMarked;
