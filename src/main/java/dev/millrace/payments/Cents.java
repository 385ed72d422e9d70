package dev.millrace.payments;

import dev.millrace.money.Money;
import java.util.OptionalLong;

/** Amounts as Stripe counts them: whole US cents. */
final class Cents {
    /** The one currency. */
    static final String CURRENCY = "usd";

    private static final long NANOS = 10_000_000;

    private Cents() {}

    /** The amount in cents; empty when it has parts of a cent. */
    static OptionalLong exact(Money amount) {
        return amount.nanos() % NANOS == 0 ? OptionalLong.of(amount.nanos() / NANOS) : OptionalLong.empty();
    }

    /** The amount of a row, which is always whole cents. */
    static long of(Money amount) {
        return exact(amount).orElseThrow();
    }

    static Money money(long cents) {
        return Money.ofNanos(Math.multiplyExact(cents, NANOS));
    }
}
