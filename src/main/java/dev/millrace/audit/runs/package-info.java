/**
 * Runs of the audit: on a schedule by one node at a time, and when somebody asks. Owns the tables {@code audit_*}: what each run found, the
 * latest result of each check, and how far the transfers were verified. Invariant: the mark moves on only behind a run that found
 * nothing broken, so that what is broken stays in sight until it is mended.
 */
@NullMarked
package dev.millrace.audit.runs;

import org.jspecify.annotations.NullMarked;
