package dev.millrace.wallet;

import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code holds}, and the statement that takes one. */
final class HoldStore {
    private static final String COLUMNS =
            "id, organization, key_id, member, amount, state, charge, refunded, terms, created_at, block";

    private static final String SELECT = "select " + COLUMNS + " from holds where id = ?";

    private static final String FREELY = " and guarded = 0";

    private static final String RESERVE = """
            update wallets set available = available - ?, held = held + ?
            where organization = ? and available >= ? and guarded = 0 and not exists (select 1 from holds where id = ?)""";

    private static final String RESERVE_GUARDED = RESERVE.replace(FREELY, "");

    /**
     * The three writes of any number of holds in one round trip, and one update of the wallet for all of them, so that a
     * hot wallet costs no more than a cold one. A wallet that does not cover all that is asked of it gives none.
     */
    private static final String TAKE_TOGETHER = """
            with ask as (
                select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
                    ?::text[], ?::text[])
                    as a (id, transfer, organization, debit, credit, amount, terms, at, key_id, member)
                where (select h.id from holds h where h.id = a.id) is null),
            total as (select organization, sum(amount)::bigint as amount from ask group by organization),
            w as (
                update wallets set available = available - total.amount, held = held + total.amount from total
                where wallets.organization = total.organization and available >= total.amount and guarded = 0
                returning wallets.organization),
            t as (
                insert into transfers (id, organization, kind, debit, credit, amount, created_at)
                select transfer, organization, 'hold', debit, credit, amount, at from ask join w using (organization)
                where amount > 0)
            insert into holds (id, organization, key_id, member, amount, state, terms, created_at)
            select id, organization, key_id, nullif(member, ''), amount, 'open', terms, at
            from ask join w using (organization)""";

    private static final String TAKE_GUARDED = TAKE_TOGETHER.replace(FREELY, "");

    /** Finds the holds of a time by their transfers, which have an index by it. Of blocks, which stand for all that was granted from them, too. */
    private static final String COUNTED = """
            select coalesce(sum(h.charge - h.refunded - coalesce(b.refunded, 0)), 0) as spent,
                coalesce(sum(case when h.state = 'open' then h.amount - h.charge - coalesce(b.returned, 0) else 0 end), 0) as held
            from transfers t join holds h on h.id = substr(t.id, 6) left join blocks b on b.id = h.id
            where t.organization = ? and t.created_at >= ? and t.created_at < ? and t.kind = 'hold'""";

    private static final String OPEN =
            "insert into holds (id, organization, key_id, member, amount, state, terms, created_at)"
                    + " values (?, ?, ?, ?, ?, 'open', ?, ?)";

    static final String SETTLE = "update holds set state = 'settled',"
            + " charge = case when amount < ? then amount else ? end, resolved_at = ?"
            + " where id = ? and state = 'open' returning " + COLUMNS;

    static final String CHARGE =
            "update holds set charge = charge + ? where id = ? and state = 'open' returning " + COLUMNS;

    static final String RELEASE =
            "update holds set state = 'released', resolved_at = ? where id = ? and state = 'open' returning " + COLUMNS;

    Optional<Hold> find(Tx tx, HoldId id) {
        return tx.one(SELECT, HoldStore::read, id);
    }

    /** Takes the amount of the transfer from available and opens the hold; false when it exists, is not covered, or the wallet is guarded. */
    boolean take(Tx tx, HoldId id, Spender spender, Transfer transfer, String terms) {
        return tx.dialect().modifiesInCte()
                ? takeTogether(tx, TAKE_TOGETHER, id, spender, transfer, terms)
                : takeStepByStep(tx, RESERVE, id, spender, transfer, terms);
    }

    /** The same for a wallet that is guarded, when the hold has passed what guards it. */
    boolean takeGuarded(Tx tx, HoldId id, Spender spender, Transfer transfer, String terms) {
        return tx.dialect().modifiesInCte()
                ? takeTogether(tx, TAKE_GUARDED, id, spender, transfer, terms)
                : takeStepByStep(tx, RESERVE_GUARDED, id, spender, transfer, terms);
    }

    private static boolean takeTogether(Tx tx, String sql, HoldId id, Spender spender, Transfer t, String terms) {
        MemberId member = spender.member();
        return tx.wonTogether(
                sql,
                id,
                t.id(),
                t.organization(),
                t.debit().text(),
                t.credit().text(),
                t.amount(),
                terms,
                t.createdAt(),
                spender.key(),
                member == null ? "" : member.text());
    }

    private boolean takeStepByStep(Tx tx, String reserve, HoldId id, Spender spender, Transfer t, String terms) {
        if (!tx.won(reserve, t.amount(), t.amount(), t.organization(), t.amount(), id)) {
            return false;
        }
        tx.update(OPEN, id, t.organization(), spender.key(), spender.member(), t.amount(), terms, t.createdAt());
        if (t.amount().isPositive()) {
            tx.update(TransferStore.INSERT, TransferStore.args(t).toArray());
        }
        return true;
    }

    /** Leaves {@code open} for {@code settled} with a charge of at most the amount; empty when that race is lost. */
    Optional<Hold> settle(Tx tx, HoldId id, Money cost) {
        return tx.one(SETTLE, HoldStore::read, cost, cost, tx.now(), id);
    }

    /** Takes the lock of a hold and says whether it is open. */
    boolean lockOpen(Tx tx, HoldId id) {
        return tx.one(
                        "select state from holds where id = ?" + tx.dialect().forUpdate(),
                        row -> row.text("state").equals("open"),
                        id)
                .orElse(false);
    }

    /** Charges a part of a hold that stays open; empty when it is not. */
    Optional<Hold> charge(Tx tx, HoldId id, Money part) {
        return tx.one(CHARGE, HoldStore::read, part, id);
    }

    /** Leaves {@code open} for {@code released}; empty when that race is lost. */
    Optional<Hold> release(Tx tx, HoldId id) {
        return tx.one(RELEASE, HoldStore::read, tx.now(), id);
    }

    /** Counts a refund in; false when the hold is not settled or less than that of its charge is left. */
    boolean refund(Tx tx, HoldId id, Money amount) {
        return tx.won("""
                update holds set refunded = refunded + ?
                where id = ? and state = 'settled' and refunded + ? <= charge""", amount, id, amount);
    }

    private static Hold read(Row row) {
        String block = row.textOrNull("block");
        return new Hold(
                new HoldId(row.text("id")),
                spender(row),
                row.money("amount"),
                HoldState.of(row.text("state")),
                row.money("charge"),
                row.money("refunded"),
                row.text("terms"),
                row.instant("created_at"),
                block == null ? null : new HoldId(block));
    }

    private static Spender spender(Row row) {
        return new Spender(
                new OrganizationId(row.uuid("organization")),
                new KeyId(row.text("key_id")),
                Optional.ofNullable(row.textOrNull("member"))
                        .flatMap(MemberId::parse)
                        .orElse(null));
    }

    private static final int PAGE = 1000;

    /** What of an open hold is held still; of a block, less what was charged and came back. */
    private static final String LEFT = "h.amount - h.charge - coalesce(b.returned, 0)";

    private record Seen(Instant at, String id, Money open, Money his) {}

    /** What of the open holds is of a key or of a member; they come to so much together. */
    Money openOf(
            Tx tx, OrganizationId organization, @Nullable KeyId key, @Nullable MemberId member, Money allTogether) {
        Money missing = allTogether;
        Money his = Money.ZERO;
        Keyset place = Keyset.START;
        while (missing.isPositive()) {
            List<Seen> page = page(tx, organization, whose(key, member), place);
            if (page.isEmpty()) {
                throw new IllegalStateException("bug: open holds of " + organization + " do not come to what is held");
            }
            for (Seen seen : page) {
                missing = missing.minus(seen.open());
                his = his.plus(seen.his());
            }
            place = new Keyset(page.getLast().at(), page.getLast().id());
        }
        return his;
    }

    private static List<Seen> page(Tx tx, OrganizationId organization, Whose whose, Keyset place) {
        return tx.list(
                "select t.created_at, t.id, case when h.state = 'open' then " + LEFT + " else 0 end as open,"
                        + " case when h.state = 'open' and " + whose.condition() + " then " + LEFT
                        + " else 0 end as his"
                        + " from transfers t join holds h on h.id = substr(t.id, 6) left join blocks b on b.id = h.id"
                        + " where t.organization = ? and t.kind = 'hold' and (t.created_at, t.id) < (?, ?)"
                        + " order by t.created_at desc, t.id desc limit ?",
                row -> new Seen(row.instant("created_at"), row.text("id"), row.money("open"), row.money("his")),
                whose.id(),
                organization,
                place.time(),
                place.id(),
                PAGE);
    }

    /** What was refunded of the charges of a key or of a member. */
    Money refundedOf(Tx tx, OrganizationId organization, @Nullable KeyId key, @Nullable MemberId member) {
        Whose whose = whose(key, member);
        return Money.ofNanos(tx.count(
                "select coalesce(sum(h.refunded), 0) from holds h where " + whose.condition() + " and h.id in ("
                        + "select substr(t.id, 8, length(rtrim(t.id, '0123456789')) - 8)" // refund:<hold>:<number>
                        + " from transfers t where t.organization = ? and t.created_at >= 0 and t.kind = 'refund'"
                        + " and t.kind <> 'hold' and t.kind <> 'settle' and t.kind <> 'release' and t.kind <> 'absorb')",
                whose.id(),
                organization));
    }

    private record Whose(String condition, Object id) {}

    private static Whose whose(@Nullable KeyId key, @Nullable MemberId member) {
        if (key != null) {
            return new Whose("h.key_id = ?", key);
        }
        return member != null ? new Whose("h.member = ?", member) : new Whose("? = ''", "");
    }

    /** What the holds of a key, of a member or of all, made from one moment on and before another, were charged and still hold. */
    Spent counted(
            Tx tx,
            OrganizationId organization,
            @Nullable KeyId key,
            @Nullable MemberId member,
            Instant from,
            Instant until) {
        Whose whose = whose(key, member);
        return tx.one(
                        COUNTED + " and " + whose.condition(),
                        row -> new Spent(row.money("spent"), row.money("held")),
                        organization,
                        from,
                        until,
                        whose.id())
                .orElseThrow();
    }
}
