package dev.millrace.wallet;

import dev.millrace.id.OrganizationId;

/** Names one account of the ledger: a wallet's {@code available} or {@code held}, or one of the platform's. */
public record Account(String text) {
    public static final Account REVENUE = new Account("platform:revenue");
    public static final Account CASH_IN = new Account("platform:cash_in");
    public static final Account PROMOTION = new Account("platform:promotion");
    /** What upstreams bill beyond a hold: the platform bears it, never the customer. */
    public static final Account ABSORBED_LOSS = new Account("platform:absorbed_loss");

    /** What organizations may spend before they pay; the part that they spent is owed. */
    public static final Account CREDIT = new Account("platform:credit");

    public static Account available(OrganizationId organization) {
        return new Account("org:" + organization.text() + ":available");
    }

    public static Account held(OrganizationId organization) {
        return new Account("org:" + organization.text() + ":held");
    }

    @Override
    public String toString() {
        return text;
    }
}
