package dev.millrace.wallet;

import dev.millrace.money.Money;

/**
 * How far an organization may spend before it pays. The line is part of what the wallet has available, so that a hold is checked
 * against one number.
 *
 * @param line how far
 * @param owed how much of it was charged and is not paid yet; what is only held is not owed
 */
public record CreditLine(Money line, Money owed) {
    /** What of the line is not owed. */
    public Money left() {
        return line.minus(owed);
    }
}
