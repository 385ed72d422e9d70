package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import java.util.List;

/** Moves money between a wallet and the platform's credit, so that the line is part of what is available. */
final class CreditLines {
    private final GrantStore grants;
    private final WalletStore wallets;
    private final TransferStore transfers;

    CreditLines(GrantStore grants, WalletStore wallets, TransferStore transfers) {
        this.grants = grants;
        this.wallets = wallets;
        this.transfers = transfers;
    }

    CreditLine find(Tx tx, OrganizationId organization) {
        Money line = wallets.line(tx, organization);
        Money all = wallets.balance(tx, organization).orElse(Balance.ZERO).total();
        // What was paid in and is there still; below zero it is what was spent before it was paid.
        Money own = all.minus(line).minus(grants.left(tx, organization));
        return new CreditLine(line, own.isNegative() ? own.negate() : Money.ZERO);
    }

    /** Sets the line of a wallet whose lock is taken and whose expired grants are gone; false when it is so already. */
    boolean set(Tx tx, OrganizationId organization, Balance balance, Money line) {
        Money change = line.minus(wallets.line(tx, organization));
        if (change.isZero()) {
            return false;
        }
        if (change.isNegative()) {
            requireFree(tx, organization, balance, line, change.negate());
        }
        String subject = organization.text() + ":" + wallets.line(tx, organization, line);
        Account available = Account.available(organization);
        if (change.isPositive()) {
            transfers.add(
                    tx,
                    List.of(Transfer.of(
                            tx, TransferKind.CREDIT, subject, organization, Account.CREDIT, available, change)));
            wallets.credit(tx, organization, change);
        } else {
            Money back = change.negate();
            transfers.add(
                    tx,
                    List.of(Transfer.of(
                            tx, TransferKind.REDUCE, subject, organization, available, Account.CREDIT, back)));
            wallets.debit(tx, organization, back);
        }
        return true;
    }

    /** What is available of grants is no credit. */
    private void requireFree(Tx tx, OrganizationId organization, Balance balance, Money line, Money back) {
        Money free = balance.available().minus(grants.unspentInAll(tx, organization));
        if (back.compareTo(free) > 0) {
            throw Problem.parameter(
                            "line",
                            "can not be less than " + line.plus(back).minus(free)
                                    + ": that much of it is owed or held; have it paid first.")
                    .toException();
        }
    }
}
