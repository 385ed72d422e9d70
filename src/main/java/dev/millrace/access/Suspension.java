package dev.millrace.access;

import java.time.Instant;

/**
 * That somebody is suspended.
 *
 * @param byOperator whether the operator did it: nobody else may resume it then
 * @param reason in the suspender's words; whoever is turned away reads it
 */
public record Suspension(boolean byOperator, String reason, Instant since) {}
