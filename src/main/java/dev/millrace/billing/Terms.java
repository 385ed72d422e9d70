package dev.millrace.billing;

/** What a hold was made for: the model, and the price list in force at that moment. */
record Terms(String model, String priceVersion) {
    static Terms of(Quote quote) {
        return new Terms(quote.model(), quote.priceVersion());
    }

    static Terms of(Bill bill) {
        return new Terms(bill.model(), bill.priceVersion());
    }

    /** What {@link #text} says. */
    static Terms parse(String text) {
        int at = text.lastIndexOf('@');
        return new Terms(text.substring(0, at), text.substring(at + 1));
    }

    /** The form in which the wallet keeps them. */
    String text() {
        return model + "@" + priceVersion;
    }
}
