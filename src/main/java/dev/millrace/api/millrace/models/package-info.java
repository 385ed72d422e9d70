/**
 * Models and prices under {@code /api/v1}: in Millrace's shape, and the parts of OpenRouter's. Invariant: nothing is shown that the
 * catalogue does not state or runs have not taught. May import api.millrace and the levels below.
 */
@NullMarked
package dev.millrace.api.millrace.models;

import org.jspecify.annotations.NullMarked;
