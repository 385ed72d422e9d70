/**
 * The one way in for every dialect: how often, which model, with which parameters, at what price. Invariant: what comes out
 * admitted is checked and priced at its worst case, and nothing was changed on the way but the count of the key's requests.
 * May import levels 0 to 4.
 */
@NullMarked
package dev.millrace.admission;

import org.jspecify.annotations.NullMarked;
