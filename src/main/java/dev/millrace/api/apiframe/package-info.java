/**
 * The Apiframe dialect, v2 (contract: docs/dialects/apiframe.md): images, videos and music are jobs, submitted to {@code
 * /v2/…}, polled under {@code /v2/jobs}, told by signed webhooks. Invariant: it parses and renders, nothing else; bodies are
 * strict, and nothing is created or charged on any 4xx. May import jobs, loras and what lies below them; no other dialect.
 */
@NullMarked
package dev.millrace.api.apiframe;

import org.jspecify.annotations.NullMarked;
