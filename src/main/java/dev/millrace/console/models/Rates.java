package dev.millrace.console.models;

import dev.millrace.money.CreditRate;

/** What one credit costs in the dialects that speak of credits. */
public record Rates(CreditRate higgsfield, CreditRate apiframe) {}
