package dev.millrace.payments;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * How an organization's wallet is filled by itself.
 *
 * @param threshold it is filled when less than this is available
 * @param amount with how much
 * @param ceiling how much that may come to in a month (UTC)
 * @param customer the payer, by Stripe's id; null until a card was saved
 * @param method the saved card, by Stripe's id; null until a card was saved
 * @param failures how many payments in a row failed
 * @param stopped why it was stopped by itself; null while it was not
 */
public record AutoTopUp(
        OrganizationId organization,
        boolean enabled,
        Money threshold,
        Money amount,
        Money ceiling,
        @Nullable String customer,
        @Nullable String method,
        long failures,
        @Nullable String stopped) {}
