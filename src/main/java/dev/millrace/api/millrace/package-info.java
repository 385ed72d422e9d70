/**
 * Millrace's own API under {@code /api/v1}, a superset of Pahlavan Studio's (contract: docs/dialects/millrace.md). Invariant:
 * it parses and renders, nothing else; money is shown as exact decimal texts, and every failure is an RFC 9457 problem, but
 * under {@code chat/completions}, which speaks OpenAI's shape. May import admission, jobs, relay and what lies below them; no
 * other dialect.
 */
@NullMarked
package dev.millrace.api.millrace;

import org.jspecify.annotations.NullMarked;
