/**
 * The routes of {@code /api/v1} that have OpenRouter's shape: its account and model routes, the look-up of one generation, and its
 * videos. Invariant: what its clients require is stated, null included, and a failure is {@code {"error": {code, message, metadata}}}.
 * May import api.millrace and the levels below.
 */
@NullMarked
package dev.millrace.api.millrace.openrouter;

import org.jspecify.annotations.NullMarked;
