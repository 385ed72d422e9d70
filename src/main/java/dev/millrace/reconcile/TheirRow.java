package dev.millrace.reconcile;

import dev.millrace.money.Money;

/**
 * One row of an upstream's invoice.
 *
 * @param line of the file
 * @param request the upstream's id of a request; empty where the row is about a model and a day
 * @param model as the upstream calls it; may be empty where there is a request
 * @param day as {@code 2026-11-03}; may be empty where there is a request
 * @param units how much was used; 0 when that is not said
 * @param amount what the upstream asks; below zero for what it gives back
 */
record TheirRow(long line, String request, String model, String day, long units, Money amount) {}
