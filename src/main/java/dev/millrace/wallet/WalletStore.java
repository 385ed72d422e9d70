package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import java.util.Optional;

/** The rows of {@code wallets}: the two stored balances of each organization. */
final class WalletStore {
    private static final long MOST = Long.MAX_VALUE;

    boolean open(Tx tx, OrganizationId organization) {
        return tx.won("""
                insert into wallets (organization, available, held, opened_at) values (?, 0, 0, ?)
                on conflict (organization) do nothing""", organization, tx.now());
    }

    Optional<Balance> balance(Tx tx, OrganizationId organization) {
        return tx.one(
                "select available, held from wallets where organization = ?",
                row -> new Balance(row.money("available"), row.money("held")),
                organization);
    }

    /** Puts money into available. What a wallet has in all never passes what can be counted. */
    void credit(Tx tx, OrganizationId organization, Money amount) {
        if (tx.won(
                "update wallets set available = available + ? where organization = ? and available <= ? - held",
                amount,
                organization,
                MOST - amount.nanos())) {
            return;
        }
        require(organization, lock(tx, organization).isPresent());
        throw Problem.parameter("amount", "more than " + Money.ofNanos(MOST) + " do not fit into one wallet.")
                .toException();
    }

    /** Sets the credit line; says how often it was changed, this time included. */
    long line(Tx tx, OrganizationId organization, Money line) {
        return tx.one(
                        "update wallets set credit = ?, credit_changes = credit_changes + 1 where organization = ?"
                                + " returning credit_changes",
                        row -> row.number("credit_changes"),
                        line,
                        organization)
                .orElseThrow(() -> notOpen(organization));
    }

    Money line(Tx tx, OrganizationId organization) {
        return Money.ofNanos(tx.count("select credit from wallets where organization = ?", organization));
    }

    /** Takes money out of available, which must have it. */
    void debit(Tx tx, OrganizationId organization, Money amount) {
        require(
                organization,
                tx.won(
                        "update wallets set available = available - ? where organization = ? and available >= ?",
                        amount,
                        organization,
                        amount));
    }

    /** Takes all of a hold out of held, and puts what comes back into available; says whether the wallet is guarded. */
    boolean resolve(Tx tx, OrganizationId organization, Money held, Money returned) {
        return tx.one(
                        "update wallets set held = held - ?, available = available + ? where organization = ? and held >= ?"
                                + " returning guarded",
                        row -> row.flag("guarded"),
                        held,
                        returned,
                        organization,
                        held)
                .orElseThrow(() -> notOpen(organization));
    }

    /** Guards the wallet, or not any more; takes its lock. */
    void guard(Tx tx, OrganizationId organization, boolean guarded) {
        require(organization, tx.won("update wallets set guarded = ? where organization = ?", guarded, organization));
    }

    boolean guarded(Tx tx, OrganizationId organization) {
        return tx.count("select guarded from wallets where organization = ?", organization) > 0;
    }

    /** The balance, and the lock under which holds are made: until this transaction ends, no other makes or ends one. */
    Optional<Balance> lock(Tx tx, OrganizationId organization) {
        return tx.one(
                "select available, held from wallets where organization = ?"
                        + tx.dialect().forUpdate(),
                row -> new Balance(row.money("available"), row.money("held")),
                organization);
    }

    private static void require(OrganizationId organization, boolean ours) {
        if (!ours) {
            throw notOpen(organization);
        }
    }

    private static IllegalStateException notOpen(OrganizationId organization) {
        return new IllegalStateException("bug: the wallet of " + organization + " is not open, or holds too little");
    }
}
