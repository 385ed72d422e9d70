package dev.millrace.wallet;

import dev.millrace.money.Money;

/** What some holds come to: what was charged less what was refunded of it, and what those that are open set aside. */
public record Spent(Money charged, Money held) {}
