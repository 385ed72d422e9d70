package dev.millrace.wallet;

import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of {@code transfers}: written once, read, and never changed. */
final class TransferStore {
    private static final String COLUMNS = "id, organization, kind, debit, credit, amount, created_at";
    private static final String VALUES = "(?, ?, ?, ?, ?, ?, ?)";
    static final String INSERT = "insert into transfers (" + COLUMNS + ") values " + VALUES;
    /** Texts for one, two and three rows: a settlement is one statement however many movements it makes. */
    private static final List<String> INSERTS =
            List.of(INSERT, INSERT + ", " + VALUES, INSERT + ", " + VALUES + ", " + VALUES);

    private static final String SELECT = "select " + COLUMNS + " from transfers where ";

    /** Writes transfers whose ids can not have been used; one that was is a bug, and the database refuses it. */
    void add(Tx tx, List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return;
        }
        List<Object> args = new ArrayList<>(transfers.size() * 7);
        transfers.forEach(transfer -> args.addAll(args(transfer)));
        tx.update(INSERTS.get(transfers.size() - 1), args.toArray());
    }

    /** Writes what the end of a hold moves: its charge, what goes back, and what the platform bears. */
    void addEnd(Tx tx, Hold hold, Money returned, Money absorbed) {
        OrganizationId organization = hold.organization();
        Account held = Account.held(organization);
        List<Transfer> moved = new ArrayList<>(3);
        move(moved, tx, TransferKind.SETTLE, hold, held, Account.REVENUE, hold.charge());
        move(moved, tx, TransferKind.RELEASE, hold, held, Account.available(organization), returned);
        move(moved, tx, TransferKind.ABSORB, hold, Account.ABSORBED_LOSS, Account.REVENUE, absorbed);
        add(tx, moved);
    }

    private static void move(
            List<Transfer> moved, Tx tx, TransferKind kind, Hold hold, Account debit, Account credit, Money amount) {
        if (amount.isPositive()) {
            moved.add(Transfer.of(tx, kind, hold.id().text(), hold.organization(), debit, credit, amount));
        }
    }

    /**
     * Writes a transfer unless it is written.
     *
     * @return whether it was written just now
     * @throws IllegalStateException when the id stands with other facts
     */
    boolean addOnce(Tx tx, Transfer transfer) {
        if (tx.won(INSERT + " on conflict (id) do nothing", args(transfer).toArray())) {
            return true;
        }
        Transfer known = find(tx, transfer.id()).orElseThrow();
        if (!known.sameFacts(transfer)) {
            throw new IllegalStateException("transfer " + transfer.id() + " stands with other facts");
        }
        return false;
    }

    Optional<Transfer> find(Tx tx, String id) {
        return tx.one(SELECT + "id = ?", TransferStore::read, id);
    }

    List<Transfer> after(Tx tx, OrganizationId organization, Keyset place, int limit) {
        return tx.list(
                SELECT + "organization = ? and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?",
                TransferStore::read,
                organization,
                place.time(),
                place.id(),
                limit);
    }

    /** Every transfer about one hold, in the order in which they were made. */
    List<Transfer> about(Tx tx, Hold hold) {
        String subject = hold.id().text();
        List<Transfer> found = new ArrayList<>(tx.list(
                SELECT + "id in (?, ?, ?, ?) order by created_at, id",
                TransferStore::read,
                TransferKind.HOLD.code() + ":" + subject,
                TransferKind.SETTLE.code() + ":" + subject,
                TransferKind.RELEASE.code() + ":" + subject,
                TransferKind.ABSORB.code() + ":" + subject));
        if (hold.refunded().isPositive()) {
            found.addAll(tx.list(
                    SELECT + "organization = ? and kind = 'refund' and id like ? order by created_at, id",
                    TransferStore::read,
                    hold.organization(),
                    TransferKind.REFUND.code() + ":" + subject + ":%"));
        }
        return found;
    }

    /** What a wallet's accounts changed by from a moment on, and before another, kind by kind. */
    List<Statement.Movement> movements(Tx tx, OrganizationId organization, Instant from, Instant until) {
        return tx.list(
                """
                select kind, count(*) as n,
                    sum(case when credit = ? then amount when debit = ? then -amount else 0 end) as available,
                    sum(case when credit = ? then amount when debit = ? then -amount else 0 end) as held
                from transfers where organization = ? and created_at >= ? and created_at < ? and kind <> 'absorb'
                group by kind order by kind""",
                row -> new Statement.Movement(
                        TransferKind.of(row.text("kind")), row.number("n"), row.money("available"), row.money("held")),
                Account.available(organization).text(),
                Account.available(organization).text(),
                Account.held(organization).text(),
                Account.held(organization).text(),
                organization,
                from,
                until);
    }

    /** The same of what people and payments moved alone: not of requests, however many there were. */
    List<Statement.Movement> besideRequests(Tx tx, OrganizationId organization, Instant from, Instant until) {
        return tx.list(
                """
                select kind, count(*) as n, sum(case when debit = ? then -amount else amount end) as available
                from transfers where organization = ? and created_at >= ? and created_at < ?
                    and kind <> 'hold' and kind <> 'settle' and kind <> 'release' and kind <> 'absorb'
                group by kind order by kind""",
                row -> new Statement.Movement(
                        TransferKind.of(row.text("kind")), row.number("n"), row.money("available"), Money.ZERO),
                Account.available(organization).text(),
                organization,
                from,
                until);
    }

    Instant latest(Tx tx, OrganizationId organization) {
        return tx.one(
                        "select coalesce(max(created_at), 0) as t from transfers where organization = ?",
                        row -> row.instant("t"),
                        organization)
                .orElseThrow();
    }

    /** What an account of the platform holds: everything that arrived less everything that left. Reads the whole ledger. */
    Money platform(Tx tx, Account account) {
        return Money.ofNanos(tx.count("""
                select coalesce(sum(case when credit = ? then amount else -amount end), 0)
                from transfers where debit = ? or credit = ?""", account.text(), account.text(), account.text()));
    }

    static List<Object> args(Transfer transfer) {
        return List.of(
                transfer.id(),
                transfer.organization(),
                transfer.kind().code(),
                transfer.debit().text(),
                transfer.credit().text(),
                transfer.amount(),
                transfer.createdAt());
    }

    private static Transfer read(Row row) {
        return new Transfer(
                row.text("id"),
                new OrganizationId(row.uuid("organization")),
                TransferKind.of(row.text("kind")),
                new Account(row.text("debit")),
                new Account(row.text("credit")),
                row.money("amount"),
                row.instant("created_at"));
    }
}
