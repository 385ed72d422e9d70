package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;

/** What the platform bears that is of no single request: differences to upstreams' invoices. */
public final class Losses {
    private final TransferStore transfers = new TransferStore();

    /**
     * Books what an upstream asks beyond all that requests were reckoned at: from absorbed loss to revenue, as for one request. No wallet
     * moves.
     *
     * @param organization under which the movement stands
     * @param cause names what it is for, once for all organizations; never a hold
     * @return false when the same had been booked before
     */
    public boolean absorb(Tx tx, OrganizationId organization, String cause, Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("the amount must be above zero");
        }
        return transfers.addOnce(
                tx,
                Transfer.of(
                        tx, TransferKind.ABSORB, cause, organization, Account.ABSORBED_LOSS, Account.REVENUE, amount));
    }
}
