package dev.millrace.payments;

import tools.jackson.databind.JsonNode;

/**
 * A Checkout Session as Stripe states it; a text that is not there is empty.
 *
 * @param status open, complete or expired
 * @param payment paid, unpaid or no_payment_required
 * @param cents the total
 * @param reference the id of our row
 */
record Checkout(
        String id,
        String status,
        String payment,
        long cents,
        String currency,
        String intent,
        String customer,
        String reference,
        boolean live,
        String url) {
    static Checkout of(JsonNode object) {
        return new Checkout(
                object.path("id").asString(""),
                object.path("status").asString(""),
                object.path("payment_status").asString(""),
                object.path("amount_total").asLong(-1),
                object.path("currency").asString(""),
                Stripe.idOf(object.path("payment_intent")),
                Stripe.idOf(object.path("customer")),
                object.path("client_reference_id").asString(""),
                object.path("livemode").asBoolean(false),
                object.path("url").asString(""));
    }

    boolean paid() {
        return status.equals("complete") && payment.equals("paid");
    }
}
