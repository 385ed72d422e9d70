package dev.millrace.wallet;

import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
    private final StatementStore statements = new StatementStore();
    private final GrantStore granted = new GrantStore();
    private final Grants grants = new Grants(granted, wallets, transfers);
    private final Blocks blocks = new Blocks();
    private final CreditLines credit = new CreditLines(granted, wallets, transfers);

    /** Wallets that were seen guarded: to ask those the short way would be in vain. Only that; the database decides. */
    private final Set<OrganizationId> guarded = ConcurrentHashMap.newKeySet();

    private final Reserves reserves = new Reserves();
    private volatile Consumer<OrganizationId> onGuard = organization -> {};

    /** What of the wallets this node has set aside, and how to get it back. */
    public Reserves reserves() {
        return reserves;
    }

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
        Transfer transfer = Transfer.of(
                tx, TransferKind.TOPUP, cause, organization, from.account(), Account.available(organization), amount);
        if (!transfers.addOnce(tx, transfer)) {
            return false;
        }
        wallets.credit(tx, organization, amount);
        return true;
    }

    /**
     * Takes money out of available again, to where it came from, because what had brought it in was undone.
     *
     * @param cause names what undid it, once for all organizations
     * @return false when the same had been taken before
     * @throws IllegalStateException when less is available
     */
    public boolean takeBack(Tx tx, OrganizationId organization, String cause, Money amount, Funding to) {
        requirePositive(amount);
        Transfer transfer = Transfer.of(
                tx, TransferKind.TAKEBACK, cause, organization, Account.available(organization), to.account(), amount);
        if (!transfers.addOnce(tx, transfer)) {
            return false;
        }
        wallets.debit(tx, organization, amount);
        return true;
    }

    /**
     * Sets an amount aside, if available covers all of it and nothing guards the wallet.
     *
     * @param amount zero or more
     * @param terms what its owner agreed to; comes back with the settlement
     */
    public HoldOutcome hold(Tx tx, Spender spender, HoldId id, Money amount, String terms) {
        OrganizationId organization = spender.organization();
        if (guarded.contains(organization)) {
            return new HoldOutcome.Guarded();
        }
        if (holds.take(tx, id, spender, Transfer.holding(tx, organization, id, amount), terms)) {
            return new HoldOutcome.Held();
        }
        if (exists(tx, spender, id, amount)) {
            return new HoldOutcome.Exists();
        }
        if (wallets.guarded(tx, organization)) {
            guarded.add(organization);
            return new HoldOutcome.Guarded();
        }
        return new HoldOutcome.Insufficient(balance(tx, organization));
    }

    /** The same for a guarded wallet, under its {@link #lock}, once the hold has passed what guards it. */
    public HoldOutcome holdGuarded(Tx tx, Spender spender, HoldId id, Money amount, String terms) {
        OrganizationId organization = spender.organization();
        if (holds.takeGuarded(tx, id, spender, Transfer.holding(tx, organization, id, amount), terms)) {
            grants.hold(tx, organization, id, amount);
            return new HoldOutcome.Held();
        }
        return exists(tx, spender, id, amount)
                ? new HoldOutcome.Exists()
                : new HoldOutcome.Insufficient(balance(tx, organization));
    }

    /**
     * The balance, under the lock that makes this transaction the only one which makes and ends holds of the organization, until it
     * ends. Grants that have expired are taken back first. A wallet that was never opened has nothing, and can not be held from.
     */
    public Balance lock(Tx tx, OrganizationId organization) {
        Balance balance = wallets.lock(tx, organization).orElse(Balance.ZERO);
        return grants.expire(tx, organization) ? balance(tx, organization) : balance;
    }

    /** What is available and of no grant, under the {@link #lock}: the part that may be taken back for other reasons than an expiry. */
    public Money free(Tx tx, OrganizationId organization) {
        return lock(tx, organization).available().minus(granted.unspentInAll(tx, organization));
    }

    /**
     * Guards the wallet: every hold is answered {@link HoldOutcome.Guarded} until {@link #unguard}, in every transaction that is
     * committed after this one. Takes the lock.
     */
    public void guard(Tx tx, OrganizationId organization) {
        wallets.guard(tx, organization, true);
        guarded.add(organization);
        tx.afterCommit(() -> onGuard.accept(organization));
    }

    /** Tells who has blocks that a wallet is guarded, or guarded by something else than before: from then on, one listener, soon. */
    public void onGuard(Consumer<OrganizationId> listener) {
        onGuard = listener;
    }

    /** Lets holds be made freely again. Call it under the lock. */
    public void unguard(Tx tx, OrganizationId organization) {
        wallets.guard(tx, organization, false);
        guarded.remove(organization);
    }

    /** Whether something guards the wallet. */
    public boolean guarded(Tx tx, OrganizationId organization) {
        return wallets.guarded(tx, organization);
    }

    /**
     * What the holds that were made from one moment on, and before another, come to. Reads the transfers of that time.
     *
     * @param key whose holds; null for every key's
     * @param member whose holds; null for every member's
     */
    public Spent spent(
            Tx tx,
            OrganizationId organization,
            @Nullable KeyId key,
            @Nullable MemberId member,
            Instant from,
            Instant until) {
        return holds.counted(tx, organization, key, member, from, until);
    }

    /** When money of the wallet moved last; the epoch when it never did. */
    public Instant latest(Tx tx, OrganizationId organization) {
        return transfers.latest(tx, organization);
    }

    /**
     * Whether this very hold had been made before.
     *
     * @throws IllegalStateException when it was made with other facts
     */
    public boolean exists(Tx tx, Spender spender, HoldId id, Money amount) {
        Optional<Hold> known = holds.find(tx, id);
        if (known.isEmpty()) {
            return false;
        }
        Hold hold = known.get();
        if (!hold.organization().equals(spender.organization())
                || !hold.amount().equals(amount)) {
            throw new IllegalStateException("hold " + id + " stands with other facts");
        }
        return true;
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
        return settle(tx, id, cost, Money.ZERO);
    }

    /** The same, and books what upstreams made that nobody was given, which is {@code lost}, to absorbed loss too. */
    public Optional<Settlement> settle(Tx tx, HoldId id, Money cost, Money lost) {
        if (cost.isNegative()) {
            throw new IllegalArgumentException("a cost can not be negative");
        }
        return holds.settle(tx, id, cost).map(hold -> settled(tx, hold, cost.plus(lost)));
    }

    private Settlement settled(Tx tx, Hold hold, Money cost) {
        OrganizationId organization = hold.organization();
        Money returned = hold.amount().minus(hold.charge());
        Money absorbed = cost.minus(hold.charge());
        transfers.addEnd(tx, hold, returned, absorbed);
        boolean guarded = wallets.resolve(tx, organization, hold.amount(), returned);
        if (guarded) {
            grants.resolve(tx, hold);
        }
        return new Settlement(
                hold.id(),
                hold.spender(),
                hold.createdAt(),
                hold.amount(),
                hold.charge(),
                returned,
                absorbed,
                hold.terms(),
                guarded);
    }

    /** Gives all of an open hold back to available; empty when it is resolved already or does not exist. */
    public Optional<Settlement> release(Tx tx, HoldId id) {
        return release(tx, id, Money.ZERO);
    }

    /** The same, and books what was lost on the way to absorbed loss. */
    public Optional<Settlement> release(Tx tx, HoldId id, Money lost) {
        return holds.release(tx, id).map(hold -> settled(tx, hold, lost));
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
        Transfer transfer = Transfer.of(
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
        if (hold.block() != null) {
            blocks.refund(tx, hold.block(), amount);
        }
        if (grants.refund(tx, hold, amount)) {
            guard(tx, organization);
        }
        return true;
    }

    /**
     * Gives money for a time. It is spent before what was paid, and what is left of it when the time is over is taken back; so is what
     * comes back to it later.
     *
     * @param id names what it is given for, once for all organizations
     * @return false when the same grant had been given before
     */
    public boolean grant(Tx tx, OrganizationId organization, String id, Money amount, Instant expiresAt) {
        requirePositive(amount);
        Account available = Account.available(organization);
        if (!transfers.addOnce(
                tx, Transfer.of(tx, TransferKind.GRANT, id, organization, Account.PROMOTION, available, amount))) {
            return false;
        }
        guard(tx, organization);
        wallets.credit(tx, organization, amount);
        granted.add(tx, id, organization, amount, expiresAt);
        return true;
    }

    /** The grants of an organization, spent and expired ones too, the one that expires last first. */
    public List<Grant> grants(Tx tx, OrganizationId organization, int limit) {
        return granted.list(tx, organization, limit);
    }

    /** Whether a grant has something left, or held. */
    public boolean hasGrants(Tx tx, OrganizationId organization) {
        return granted.left(tx, organization).isPositive();
    }

    /** Organizations that {@link #lock} would take back expired grants of. */
    public List<OrganizationId> dueGrants(Tx tx, int limit) {
        return granted.due(tx, tx.now(), limit);
    }

    /** How far the organization may spend before it pays, and how much of that it owes. */
    public CreditLine creditLine(Tx tx, OrganizationId organization) {
        return credit.find(tx, organization);
    }

    /**
     * Extends or reduces the credit line.
     *
     * @param line how far the organization may spend before it pays, zero or more
     * @return false when it is so already
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on {@code line} when more is owed or held of it
     */
    public boolean setCreditLine(Tx tx, OrganizationId organization, Money line) {
        if (line.isNegative()) {
            throw new IllegalArgumentException("a credit line can not be negative");
        }
        return credit.set(tx, organization, lock(tx, organization), line);
    }

    /** A wallet's transfers, newest first; a null cursor is the first page. */
    public TransferPage transfers(Tx tx, OrganizationId organization, @Nullable String cursor, int limit) {
        return TransferPage.of(transfers.after(tx, organization, Keyset.of(cursor), limit + 1), limit);
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
        Balance closing = Statement.before(now, transfers.movements(tx, organization, until, Keyset.START.time()));
        List<Statement.Movement> movements = transfers.movements(tx, organization, from, until);
        return new Statement(Statement.before(closing, movements), movements, closing);
    }

    /** The movements of a time, the oldest first. */
    public List<StatementLine> lines(Tx tx, OrganizationId organization, Instant from, Instant until, int limit) {
        return statements.lines(tx, organization, from, until, limit);
    }

    /** Notes why a transfer was made; the first note stays. */
    public void note(Tx tx, TransferKind kind, String subject, Note note, String by) {
        statements.note(tx, kind.code() + ":" + subject, note, by);
    }

    /** What an account of the platform holds. Reads the whole ledger: for reports, never on the way of a request. */
    public Money platform(Tx tx, Account account) {
        return transfers.platform(tx, account);
    }

    private static void requirePositive(Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("the amount must be above zero");
        }
    }

    private static RuntimeException tooMuch(HoldId id) {
        return Problem.parameter(
                        "amount_usd", "more than what is left of the charge of " + id + " can not be refunded.")
                .toException();
    }
}
