package dev.millrace.payments;

import dev.millrace.money.Money;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Money of a payment that went back, or came again, as Stripe states it.
 *
 * @param kind whether it was given back or is disputed
 * @param intent the payment
 * @param reference the id of our row; empty where Stripe does not tell it
 * @param amount how much is gone in all
 * @param at when Stripe said so
 */
record Reversal(Kind kind, String intent, String reference, Money amount, String currency, boolean live, Instant at) {
    enum Kind {
        REFUND,
        DISPUTE
    }

    /** A charge of which some or all was given back. */
    static Reversal refund(JsonNode charge, Instant at) {
        return new Reversal(
                Kind.REFUND,
                Stripe.idOf(charge.path("payment_intent")),
                charge.path("metadata").path(Intent.REFERENCE).asString(""),
                money(charge.path("amount_refunded")),
                charge.path("currency").asString(""),
                charge.path("livemode").asBoolean(false),
                at);
    }

    /**
     * A dispute, of which nothing is gone while it is an inquiry, and once it is won.
     *
     * @param reinstated whether the payer's bank gave the money again
     */
    static Reversal dispute(JsonNode dispute, boolean reinstated, Instant at) {
        String status = dispute.path("status").asString("");
        boolean nothing =
                reinstated || status.startsWith("warning_") || status.equals("won") || status.equals("prevented");
        return new Reversal(
                Kind.DISPUTE,
                Stripe.idOf(dispute.path("payment_intent")),
                "",
                nothing ? Money.ZERO : money(dispute.path("amount")),
                dispute.path("currency").asString(""),
                dispute.path("livemode").asBoolean(false),
                at);
    }

    private static Money money(JsonNode cents) {
        return Cents.money(Math.clamp(cents.asLong(0), 0, 100_000_000_00L));
    }
}
