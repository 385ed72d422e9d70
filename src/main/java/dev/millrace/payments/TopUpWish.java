package dev.millrace.payments;

import dev.millrace.money.Money;

/**
 * A payment that somebody wants to make.
 *
 * @param successUrl where the payer is sent behind it
 * @param cancelUrl where the payer is sent who turns back
 * @param saveCard whether the card is kept for automatic top-ups
 */
public record TopUpWish(Money amount, String successUrl, String cancelUrl, boolean saveCard) {}
