/**
 * What the process tells about itself: JSON logs on standard error, metrics for Prometheus, and the id of the request in
 * hand. Invariant: no key, signature or authorization value leaves through a log line; whoever logs keeps prompts and
 * outputs out of it. May import level 0.
 */
@NullMarked
package dev.millrace.telemetry;

import org.jspecify.annotations.NullMarked;
