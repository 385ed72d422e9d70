package dev.millrace.payments;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One payment by card.
 *
 * @param id a UUID; Stripe knows it as the reference of the payment, and its calls are repeatable by it
 * @param live whether it is real money
 * @param saveCard whether the card is kept for automatic top-ups
 * @param session Stripe's Checkout Session, once it is made
 * @param url Stripe's page on which it is paid
 * @param intent Stripe's payment, once it is known
 * @param receiptUrl Stripe's receipt
 * @param failure why it failed, as a code of Stripe's or ours
 * @param refunded how much Stripe says that the payer was given back
 * @param disputed how much the payer's bank holds back
 * @param taken how much of the credit was taken out of the wallet again for that
 * @param owed how much was not there to be taken
 * @param forgiven how much of that the operator gave up
 * @param moves how often money was taken out or put back in
 */
public record TopUp(
        String id,
        OrganizationId organization,
        TopUpKind kind,
        TopUpState state,
        Money amount,
        boolean live,
        boolean saveCard,
        String successUrl,
        String cancelUrl,
        @Nullable String session,
        @Nullable String url,
        @Nullable String intent,
        @Nullable String receiptUrl,
        @Nullable String failure,
        Money refunded,
        Money disputed,
        Money taken,
        Money owed,
        Money forgiven,
        long moves,
        Instant createdAt,
        @Nullable Instant paidAt) {
    /** A payment that begins. */
    static TopUp fresh(
            String id,
            OrganizationId organization,
            TopUpKind kind,
            Money amount,
            boolean live,
            boolean saveCard,
            String successUrl,
            String cancelUrl,
            Instant now) {
        return new TopUp(
                id,
                organization,
                kind,
                TopUpState.PENDING,
                amount,
                live,
                saveCard,
                successUrl,
                cancelUrl,
                null,
                null,
                null,
                null,
                null,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                0,
                now,
                null);
    }

    /** How much of the credit has to be gone again, by what Stripe says. */
    public Money due() {
        return Money.min(amount, refunded.plus(disputed));
    }
}
