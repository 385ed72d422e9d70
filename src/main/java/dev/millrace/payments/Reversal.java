package dev.millrace.payments;

import dev.millrace.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Money of a payment that went back, or came again, as Stripe states it.
 *
 * @param kind whether it was given back or is disputed
 * @param intent the payment
 * @param reference the id of our row; empty where Stripe does not tell it
 * @param amount how much is gone in all
 */
record Reversal(Kind kind, String intent, String reference, Money amount, String currency, boolean live) {
    enum Kind {
        REFUND,
        DISPUTE
    }

    /** A charge of which some or all was given back. */
    static Reversal refund(JsonNode charge) {
        return new Reversal(
                Kind.REFUND,
                Stripe.idOf(charge.path("payment_intent")),
                charge.path("metadata").path(Intent.REFERENCE).asString(""),
                money(charge.path("amount_refunded")),
                charge.path("currency").asString(""),
                charge.path("livemode").asBoolean(false));
    }

    /** @param withdrawn whether the payer's bank holds it back; otherwise it came again */
    static Reversal dispute(JsonNode dispute, boolean withdrawn) {
        return new Reversal(
                Kind.DISPUTE,
                Stripe.idOf(dispute.path("payment_intent")),
                "",
                withdrawn ? money(dispute.path("amount")) : Money.ZERO,
                dispute.path("currency").asString(""),
                dispute.path("livemode").asBoolean(false));
    }

    private static Money money(JsonNode cents) {
        return Cents.money(Math.clamp(cents.asLong(0), 0, 100_000_000_00L));
    }
}
