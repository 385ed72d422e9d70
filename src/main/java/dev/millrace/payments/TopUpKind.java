package dev.millrace.payments;

import java.util.Locale;

/** How a payment by card is made. */
public enum TopUpKind {
    /** By somebody, on Stripe's page. */
    CHECKOUT,
    /** By itself, from the saved card. */
    AUTOMATIC;

    /** The name that is stored and shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TopUpKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
