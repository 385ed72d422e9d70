package dev.millrace.payments;

/** A call to Stripe that brought nothing. Its message is Stripe's code alone: what it says may hold what a payer typed. */
final class StripeTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean certain;
    private final String intent;

    /**
     * @param certain whether Stripe refused, and so nothing was made
     * @param intent the payment that was refused; empty when there is none
     */
    StripeTrouble(String code, boolean certain, String intent) {
        super(code, null, false, false);
        this.certain = certain;
        this.intent = intent;
    }

    String code() {
        return String.valueOf(getMessage());
    }

    boolean certain() {
        return certain;
    }

    String intent() {
        return intent;
    }
}
