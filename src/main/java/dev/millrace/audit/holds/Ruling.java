package dev.millrace.audit.holds;

import dev.millrace.money.Money;

/** What the rule of its kind says of an open hold. */
public sealed interface Ruling {
    /** Somebody works on it, or may still. */
    record Working() implements Ruling {}

    /** Nobody will end it: all of it goes back. */
    record Release(String found) implements Ruling {}

    /** What it was made for ended and was charged in its records: it is charged so. */
    record Settle(Money charge, String found) implements Ruling {}

    /** What it was made for is open and was forgotten: it becomes due work again, which ends it as usual. */
    record Requeue(String found) implements Ruling {}

    /** It is past its time, and no rule can tell what is right. */
    record Stuck(String found) implements Ruling {}
}
