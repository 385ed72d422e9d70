package dev.millrace.payments;

import tools.jackson.databind.JsonNode;

/**
 * A PaymentIntent as Stripe states it; a text that is not there is empty.
 *
 * @param status succeeded, processing, requires_payment_method, canceled …
 * @param cents the amount
 * @param received how much of it came
 * @param reference the id of our row
 * @param receiptUrl the receipt of its charge
 * @param failure Stripe's code of the last failure
 */
record Intent(
        String id,
        String status,
        long cents,
        long received,
        String currency,
        String customer,
        String method,
        String reference,
        boolean live,
        String receiptUrl,
        String failure) {
    /** Under which name our row's id stands in Stripe's metadata. */
    static final String REFERENCE = "millrace_topup";

    static Intent of(JsonNode object) {
        JsonNode error = object.path("last_payment_error");
        return new Intent(
                object.path("id").asString(""),
                object.path("status").asString(""),
                object.path("amount").asLong(-1),
                object.path("amount_received").asLong(-1),
                object.path("currency").asString(""),
                Stripe.idOf(object.path("customer")),
                Stripe.idOf(object.path("payment_method")),
                object.path("metadata").path(REFERENCE).asString(""),
                object.path("livemode").asBoolean(false),
                object.path("latest_charge").path("receipt_url").asString(""),
                error.path("decline_code").asString(error.path("code").asString("")));
    }

    boolean paid() {
        return status.equals("succeeded");
    }

    /** Whether it was tried and nothing came of it. */
    boolean failed() {
        return switch (status) {
            case "canceled", "requires_payment_method", "requires_action", "requires_confirmation" -> true;
            case String other -> false;
        };
    }
}
