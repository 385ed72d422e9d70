package dev.millrace.wallet;

/** Where the money of a top-up comes from. */
public enum Funding {
    /** Paid by the customer. */
    CASH_IN(Account.CASH_IN),
    /** Given by the platform: a welcome, a test wallet, goodwill. */
    PROMOTION(Account.PROMOTION);

    private final Account account;

    Funding(Account account) {
        this.account = account;
    }

    Account account() {
        return account;
    }
}
