package dev.millrace.api.higgsfield;

import dev.millrace.money.CreditRate;
import dev.millrace.money.Money;
import org.jspecify.annotations.Nullable;

/** The price of a request before it runs, in decimal texts of three places (contract 1.5). */
record EstimateBody(
        String type, String credits, String usd, @Nullable Object discount) {
    private static final int PLACES = 3;

    static EstimateBody of(Money price, CreditRate rate) {
        return new EstimateBody("estimate", rate.credits(price, PLACES), price.toUsd(PLACES), null);
    }
}
