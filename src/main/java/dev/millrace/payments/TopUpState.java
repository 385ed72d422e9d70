package dev.millrace.payments;

import java.util.Locale;

/** Where a payment by card stands. */
public enum TopUpState {
    /** It may still be paid. */
    PENDING,
    /** Paid, and credited to the wallet; for good. */
    PAID,
    /** The payment did not come about. */
    FAILED,
    /** Nobody paid in time. */
    EXPIRED;

    /** The name that is stored and shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TopUpState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
