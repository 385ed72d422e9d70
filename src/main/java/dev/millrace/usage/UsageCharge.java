package dev.millrace.usage;

import dev.millrace.id.KeyId;
import dev.millrace.money.Money;

/** What one key was charged for one model. */
public record UsageCharge(String model, KeyId key, long requests, Money charge) {}
