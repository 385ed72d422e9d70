package dev.millrace.audit.runs;

import dev.millrace.audit.CheckResult;
import java.time.Instant;

/**
 * What a check found in a run.
 *
 * @param run which run
 * @param tookMs how long it took
 * @param at when that was known
 * @param since since when it has held, or been broken
 */
public record CheckOutcome(CheckResult result, String run, long tookMs, Instant at, Instant since) {}
