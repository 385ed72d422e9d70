/**
 * The Higgsfield dialect, v2 (contract: docs/dialects/higgsfield.md): requests are submitted to {@code /{model}}, polled
 * under {@code /requests/…}, priced under {@code /estimate/…}. Invariant: it parses and renders, nothing else; nothing is
 * created on any 4xx, and status is 200 for every request of the account, whatever became of it. May import admission, jobs
 * and what lies below them; no other dialect.
 */
@NullMarked
package dev.millrace.api.higgsfield;

import org.jspecify.annotations.NullMarked;
