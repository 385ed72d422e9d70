package dev.millrace.wallet;

import dev.millrace.money.Money;

/** What a wallet has: the part that can be spent, and the part that open holds have set aside. */
public record Balance(Money available, Money held) {
    public static final Balance ZERO = new Balance(Money.ZERO, Money.ZERO);

    /** What belongs to the organization: available and held together. */
    public Money total() {
        return available.plus(held);
    }
}
