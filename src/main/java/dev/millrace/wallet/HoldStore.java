package dev.millrace.wallet;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.util.Optional;

/** The rows of {@code holds}, and the statement that takes one. */
final class HoldStore {
    private static final String SELECT =
            "select id, organization, amount, state, charge, refunded, terms from holds where id = ?";

    private static final String RESERVE = """
            update wallets set available = available - ?, held = held + ?
            where organization = ? and available >= ? and not exists (select 1 from holds where id = ?)""";

    /**
     * The three writes of any number of holds in one round trip, and one update of the wallet for all of them, so that a
     * hot wallet costs no more than a cold one. A wallet that does not cover all that is asked of it gives none.
     */
    private static final String TAKE_TOGETHER = """
            with ask as (
                select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[])
                    as a (id, transfer, organization, debit, credit, amount, terms, at)
                where (select h.id from holds h where h.id = a.id) is null),
            total as (select organization, sum(amount)::bigint as amount from ask group by organization),
            w as (
                update wallets set available = available - total.amount, held = held + total.amount from total
                where wallets.organization = total.organization and available >= total.amount
                returning wallets.organization),
            t as (
                insert into transfers (id, organization, kind, debit, credit, amount, created_at)
                select transfer, organization, 'hold', debit, credit, amount, at from ask join w using (organization)
                where amount > 0)
            insert into holds (id, organization, amount, state, terms, created_at)
            select id, organization, amount, 'open', terms, at from ask join w using (organization)""";

    private static final String OPEN =
            "insert into holds (id, organization, amount, state, terms, created_at) values (?, ?, ?, 'open', ?, ?)";

    Optional<Hold> find(Tx tx, HoldId id) {
        return tx.one(SELECT, HoldStore::read, id);
    }

    /** Takes the amount of the transfer from available and opens the hold; false when it exists or is not covered. */
    boolean take(Tx tx, HoldId id, Transfer transfer, String terms) {
        return tx.dialect().modifiesInCte()
                ? takeTogether(tx, id, transfer, terms)
                : takeStepByStep(tx, id, transfer, terms);
    }

    private static boolean takeTogether(Tx tx, HoldId id, Transfer t, String terms) {
        return tx.wonTogether(
                TAKE_TOGETHER,
                id,
                t.id(),
                t.organization(),
                t.debit().text(),
                t.credit().text(),
                t.amount(),
                terms,
                t.createdAt());
    }

    private boolean takeStepByStep(Tx tx, HoldId id, Transfer t, String terms) {
        if (!tx.won(RESERVE, t.amount(), t.amount(), t.organization(), t.amount(), id)) {
            return false;
        }
        tx.update(OPEN, id, t.organization(), t.amount(), terms, t.createdAt());
        if (t.amount().isPositive()) {
            tx.update(TransferStore.INSERT, TransferStore.args(t).toArray());
        }
        return true;
    }

    /** Leaves {@code open} for {@code settled} with a charge of at most the amount; empty when that race is lost. */
    Optional<Hold> settle(Tx tx, HoldId id, Money cost) {
        return tx.one("""
                update holds set state = 'settled', charge = case when amount < ? then amount else ? end, resolved_at = ?
                where id = ? and state = 'open'
                returning id, organization, amount, state, charge, refunded, terms""", HoldStore::read, cost, cost, tx.now(), id);
    }

    /** Leaves {@code open} for {@code released}; empty when that race is lost. */
    Optional<Hold> release(Tx tx, HoldId id) {
        return tx.one("""
                update holds set state = 'released', resolved_at = ? where id = ? and state = 'open'
                returning id, organization, amount, state, charge, refunded, terms""", HoldStore::read, tx.now(), id);
    }

    /** Counts a refund in; false when the hold is not settled or less than that of its charge is left. */
    boolean refund(Tx tx, HoldId id, Money amount) {
        return tx.won("""
                update holds set refunded = refunded + ?
                where id = ? and state = 'settled' and refunded + ? <= charge""", amount, id, amount);
    }

    private static Hold read(Row row) {
        return new Hold(
                new HoldId(row.text("id")),
                new OrganizationId(row.uuid("organization")),
                row.money("amount"),
                HoldState.of(row.text("state")),
                row.money("charge"),
                row.money("refunded"),
                row.text("terms"));
    }
}
