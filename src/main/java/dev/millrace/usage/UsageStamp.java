package dev.millrace.usage;

import dev.millrace.money.Money;

/** What some hours came to; two that are the same have the same requests in them, for none is ever taken out. */
public record UsageStamp(long requests, Money charge) {}
