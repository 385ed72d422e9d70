package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.util.Optional;

/** The rows of {@code blocks}, and of the holds that were granted from one. */
final class BlockStore {
    private static final String CHILD =
            "insert into holds (id, organization, key_id, member, amount, state, charge, terms,"
                    + " created_at, resolved_at, block) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What came back of a block so far, and in how many returns. */
    record Returned(Money returned, long returns) {}

    void add(Tx tx, HoldId block, OrganizationId organization) {
        tx.update("insert into blocks (id, organization) values (?, ?)", block, organization);
    }

    /** Counts the batch that follows the last one; empty when it was counted before. */
    Optional<Returned> count(Tx tx, HoldId block, long batch, Money back) {
        return tx.one(
                """
                update blocks set flushed = ?, returned = returned + ?, returns = returns + ? where id = ? and flushed = ?
                returning returned, returns""",
                row -> new Returned(row.money("returned"), row.number("returns")),
                batch,
                back,
                back.isPositive() ? 1 : 0,
                block,
                batch - 1);
    }

    long flushed(Tx tx, HoldId block) {
        return tx.count("select flushed from blocks where id = ?", block);
    }

    Optional<Returned> returned(Tx tx, HoldId block) {
        return tx.one(
                "select returned, returns from blocks where id = ?",
                row -> new Returned(row.money("returned"), row.number("returns")),
                block);
    }

    void giveBack(Tx tx, HoldId block, Money back) {
        tx.update("update blocks set returned = returned + ?, returns = returns + 1 where id = ?", back, block);
    }

    boolean refund(Tx tx, HoldId block, Money amount) {
        return tx.won("update blocks set refunded = refunded + ? where id = ?", amount, block);
    }

    /** Writes the hold of a request that has ended, as granted from a block. */
    void addChild(Tx tx, Hold block, Granted one) {
        tx.later(
                CHILD,
                one.id(),
                block.organization(),
                block.spender().key(),
                block.spender().member(),
                one.amount(),
                one.charged() ? "settled" : "released",
                one.charge(),
                one.terms(),
                one.grantedAt().isAfter(tx.now()) ? tx.now() : one.grantedAt(),
                tx.now(),
                block.id());
    }
}
