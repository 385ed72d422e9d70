package dev.millrace.wallet;

import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of all wallets. Every method works inside the caller's transaction, so that money moves together with what it
 * moves for. A movement that is asked for again is a no-op; asked for with other facts it is an
 * {@link IllegalStateException}, and nothing moves.
 */
public final class Wallet {
    private final WalletStore wallets = new WalletStore();
    private final TransferStore transfers = new TransferStore();
    private final HoldStore holds = new HoldStore();

    /** Opens the wallet of an organization, with nothing in it; false when it is open. */
    public boolean open(Tx tx, OrganizationId organization) {
        return wallets.open(tx, organization);
    }

    /** What the wallet has now; nothing when it was never opened. */
    public Balance balance(Tx tx, OrganizationId organization) {
        return wallets.balance(tx, organization).orElse(Balance.ZERO);
    }

    /**
     * Adds money to available.
     *
     * @param cause names what brought the money in, once for all organizations: a payment event, an administrator's action
     * @return false when the same top-up had been made before
     */
    public boolean topUp(Tx tx, OrganizationId organization, String cause, Money amount, Funding from) {
        requirePositive(amount);
        Transfer transfer = transfer(
                tx, TransferKind.TOPUP, cause, organization, from.account(), Account.available(organization), amount);
        if (!transfers.addOnce(tx, transfer)) {
            return false;
        }
        wallets.credit(tx, organization, amount);
        return true;
    }

    /**
     * Sets an amount aside, if available covers all of it.
     *
     * @param amount zero or more
     * @param terms what its owner agreed to; comes back with the settlement
     */
    public HoldOutcome hold(Tx tx, OrganizationId organization, HoldId id, Money amount, String terms) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("a hold can not be negative");
        }
        Transfer transfer = transfer(
                tx,
                TransferKind.HOLD,
                id.text(),
                organization,
                Account.available(organization),
                Account.held(organization),
                amount);
        if (holds.take(tx, id, transfer, terms)) {
            return new HoldOutcome.Held();
        }
        Optional<Hold> known = holds.find(tx, id);
        if (known.isEmpty()) {
            return new HoldOutcome.Insufficient(balance(tx, organization));
        }
        Hold hold = known.get();
        if (!hold.organization().equals(organization) || !hold.amount().equals(amount)) {
            throw new IllegalStateException("hold " + id + " stands with other facts");
        }
        return new HoldOutcome.Exists();
    }

    /** The hold, wherever it stands. */
    public Optional<Hold> find(Tx tx, HoldId id) {
        return holds.find(tx, id);
    }

    /**
     * Charges an open hold with what was used: the cost up to the hold; the rest of the hold goes back to available, and a
     * cost beyond it to the platform's absorbed loss.
     *
     * @return empty when the hold is resolved already or does not exist; nothing moved
     */
    public Optional<Settlement> settle(Tx tx, HoldId id, Money cost) {
        if (cost.isNegative()) {
            throw new IllegalArgumentException("a cost can not be negative");
        }
        return holds.settle(tx, id, cost).map(hold -> settled(tx, hold, cost));
    }

    private Settlement settled(Tx tx, Hold hold, Money cost) {
        OrganizationId organization = hold.organization();
        Money returned = hold.amount().minus(hold.charge());
        Money absorbed = cost.minus(hold.charge());
        Account held = Account.held(organization);
        List<Transfer> moved = new ArrayList<>(3);
        move(moved, tx, TransferKind.SETTLE, hold, held, Account.REVENUE, hold.charge());
        move(moved, tx, TransferKind.RELEASE, hold, held, Account.available(organization), returned);
        move(moved, tx, TransferKind.ABSORB, hold, Account.ABSORBED_LOSS, Account.REVENUE, absorbed);
        transfers.add(tx, moved);
        wallets.resolve(tx, organization, hold.amount(), returned);
        return new Settlement(hold.id(), organization, hold.amount(), hold.charge(), returned, absorbed, hold.terms());
    }

    /** Gives all of an open hold back to available; false when it is resolved already or does not exist. */
    public boolean release(Tx tx, HoldId id) {
        Optional<Hold> released = holds.release(tx, id);
        if (released.isEmpty()) {
            return false;
        }
        Hold hold = released.get();
        OrganizationId organization = hold.organization();
        List<Transfer> moved = new ArrayList<>(1);
        move(
                moved,
                tx,
                TransferKind.RELEASE,
                hold,
                Account.held(organization),
                Account.available(organization),
                hold.amount());
        transfers.add(tx, moved);
        wallets.resolve(tx, organization, hold.amount(), hold.amount());
        return true;
    }

    /**
     * Pays part or all of a charge back to available.
     *
     * @param number which refund of this hold it is, from 1
     * @return false when the same refund had been made before
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on {@code amount} when more than what is left
     *     of the charge is asked for, or nothing was charged
     */
    public boolean refund(Tx tx, HoldId id, int number, Money amount) {
        requirePositive(amount);
        Hold hold = holds.find(tx, id).orElseThrow(() -> tooMuch(id));
        OrganizationId organization = hold.organization();
        Transfer transfer = transfer(
                tx,
                TransferKind.REFUND,
                id.text() + ":" + number,
                organization,
                Account.REVENUE,
                Account.available(organization),
                amount);
        if (!transfers.addOnce(tx, transfer)) {
            return false;
        }
        if (!holds.refund(tx, id, amount)) {
            throw tooMuch(id);
        }
        wallets.credit(tx, organization, amount);
        return true;
    }

    /** A wallet's transfers, newest first; a null cursor is the first page. */
    public TransferPage transfers(Tx tx, OrganizationId organization, @Nullable String cursor, int limit) {
        List<Transfer> found = transfers.after(tx, organization, Keyset.of(cursor), limit + 1);
        if (found.size() <= limit) {
            return new TransferPage(found, null);
        }
        Transfer last = found.get(limit - 1);
        return new TransferPage(List.copyOf(found.subList(0, limit)), new Keyset(last.createdAt(), last.id()).cursor());
    }

    /** Every transfer about one hold, in the order in which they were made. */
    public List<Transfer> transfers(Tx tx, HoldId id) {
        return holds.find(tx, id).map(hold -> transfers.about(tx, hold)).orElse(List.of());
    }

    /**
     * The wallet from one moment on and before another. It reckons back from the stored balance, so that it reads the
     * transfers since {@code from} and not all that ever were; that both agree is what the audit checks.
     */
    public Statement statement(Tx tx, OrganizationId organization, Instant from, Instant until) {
        Balance now = balance(tx, organization);
        Balance closing = before(now, transfers.movements(tx, organization, until, Keyset.START.time()));
        List<Statement.Movement> movements = transfers.movements(tx, organization, from, until);
        return new Statement(before(closing, movements), movements, closing);
    }

    /** What an account of the platform holds. Reads the whole ledger: for reports, never on the way of a request. */
    public Money platform(Tx tx, Account account) {
        return transfers.platform(tx, account);
    }

    private static Balance before(Balance after, List<Statement.Movement> movements) {
        Money available = after.available();
        Money held = after.held();
        for (Statement.Movement movement : movements) {
            available = available.minus(movement.available());
            held = held.minus(movement.held());
        }
        return new Balance(available, held);
    }

    private static void move(
            List<Transfer> moved, Tx tx, TransferKind kind, Hold hold, Account debit, Account credit, Money amount) {
        if (amount.isPositive()) {
            moved.add(transfer(tx, kind, hold.id().text(), hold.organization(), debit, credit, amount));
        }
    }

    private static Transfer transfer(
            Tx tx,
            TransferKind kind,
            String subject,
            OrganizationId organization,
            Account debit,
            Account credit,
            Money amount) {
        return new Transfer(kind.code() + ":" + subject, organization, kind, debit, credit, amount, tx.now());
    }

    private static void requirePositive(Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("the amount must be above zero");
        }
    }

    private static RuntimeException tooMuch(HoldId id) {
        return Problem.parameter("amount", "more than what is left of the charge of " + id + " can not be refunded.")
                .toException();
    }
}
