package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.List;

/** Spends grants before paid money, and takes back what is left of those that expire. All under the lock of the wallet. */
final class Grants {
    private final GrantStore store;
    private final WalletStore wallets;
    private final TransferStore transfers;

    Grants(GrantStore store, WalletStore wallets, TransferStore transfers) {
        this.store = store;
        this.wallets = wallets;
        this.transfers = transfers;
    }

    /** Lets a hold that has just been taken have of the grants what they have left, and of paid money the rest. */
    void hold(Tx tx, OrganizationId organization, HoldId hold, Money amount) {
        Money missing = amount;
        for (Grant grant : store.unspent(tx, organization)) {
            Money part = Money.min(missing, grant.unspent());
            if (!part.isPositive()) {
                return;
            }
            require(hold, !expired(tx, grant.expiresAt()) && store.hold(tx, grant.id(), part));
            store.addPart(tx, hold, grant.id(), part);
            missing = missing.minus(part);
        }
    }

    /** Charges the parts of a hold that has ended, the one that expires first first; the rest of them goes back where it came from. */
    void resolve(Tx tx, Hold hold) {
        Money missing = hold.charge();
        boolean late = false;
        for (GrantStore.Part part : store.parts(tx, hold.id())) {
            Money charge = Money.min(missing, part.amount());
            require(hold.id(), store.resolve(tx, hold.id(), part, charge));
            missing = missing.minus(charge);
            late |= expired(tx, part.expiresAt());
        }
        Money charged = hold.charge().minus(missing);
        if (charged.isPositive()) {
            store.note(tx, hold.organization(), hold.id().text(), charged);
        }
        if (late) {
            expire(tx, hold.organization());
        }
    }

    /**
     * Gives a refund back where the charge was taken from: paid money first, then the grants, the one that expires last first.
     *
     * @param hold as it was before the refund
     * @return whether a grant got some of it
     */
    boolean refund(Tx tx, Hold hold, Money amount) {
        List<GrantStore.Part> parts = store.parts(tx, hold.id());
        Money paid = hold.charge().minus(hold.refunded());
        for (GrantStore.Part part : parts) {
            paid = paid.minus(part.charge().minus(part.refunded()));
        }
        Money missing = amount.minus(Money.min(amount, paid));
        boolean some = missing.isPositive();
        if (some) {
            String cause = hold.id().text() + ":" + hold.refunded().nanos();
            store.note(tx, hold.organization(), cause, missing.negate());
        }
        boolean late = false;
        for (GrantStore.Part part : parts.reversed()) {
            Money back = Money.min(missing, part.charge().minus(part.refunded()));
            if (back.isPositive()) {
                require(hold.id(), store.refund(tx, hold.id(), part, back));
                missing = missing.minus(back);
                late |= expired(tx, part.expiresAt());
            }
        }
        if (late) {
            expire(tx, hold.organization());
        }
        return some;
    }

    /** Takes back what is left of every grant that has expired; says whether there was any. */
    boolean expire(Tx tx, OrganizationId organization) {
        boolean some = false;
        for (Grant grant : store.unspent(tx, organization)) {
            if (!expired(tx, grant.expiresAt())) {
                break;
            }
            long number = store.expire(tx, grant)
                    .orElseThrow(
                            () -> new IllegalStateException("bug: grant " + grant.id() + " changed under the lock"));
            transfers.add(
                    tx,
                    List.of(Transfer.of(
                            tx,
                            TransferKind.EXPIRE,
                            grant.id() + ":" + number,
                            organization,
                            Account.available(organization),
                            Account.PROMOTION,
                            grant.unspent())));
            wallets.debit(tx, organization, grant.unspent());
            some = true;
        }
        return some;
    }

    private static boolean expired(Tx tx, Instant expiresAt) {
        return !expiresAt.isAfter(tx.now());
    }

    private static void require(HoldId hold, boolean ours) {
        if (!ours) {
            throw new IllegalStateException("bug: the grants of " + hold + " do not hold what they should");
        }
    }
}
