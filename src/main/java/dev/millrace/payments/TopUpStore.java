package dev.millrace.payments;

import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code card_topups}. */
final class TopUpStore {
    private static final String SELECT = "select * from card_topups where ";

    void add(Tx tx, TopUp row) {
        tx.update(
                """
                insert into card_topups (id, organization, kind, state, amount, live, save_card, success_url, cancel_url, created_at)
                values (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)""",
                row.id(),
                row.organization(),
                row.kind(),
                row.amount(),
                row.live(),
                row.saveCard(),
                row.successUrl(),
                row.cancelUrl(),
                row.createdAt());
    }

    Optional<TopUp> find(Tx tx, String id) {
        return tx.one(SELECT + "id = ?", TopUpStore::read, id);
    }

    Optional<TopUp> byIntent(Tx tx, String intent) {
        return tx.one(SELECT + "intent = ?", TopUpStore::read, intent);
    }

    List<TopUp> after(Tx tx, OrganizationId organization, @Nullable String cursor, int limit) {
        Keyset place = Keyset.of(cursor);
        return tx.list(
                SELECT + "organization = ? and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?",
                TopUpStore::read,
                organization,
                place.time(),
                place.id(),
                limit);
    }

    long pending(Tx tx, OrganizationId organization, Instant since) {
        return tx.count(
                "select count(*) from card_topups where organization = ? and created_at >= ? and state = 'pending'",
                organization,
                since);
    }

    Money owed(Tx tx, OrganizationId organization) {
        return Money.ofNanos(tx.count(
                "select coalesce(sum(owed), 0) from card_topups where organization = ? and owed > 0", organization));
    }

    /** What automatic payments since a moment come to, those under way included. */
    Money automatic(Tx tx, OrganizationId organization, Instant since) {
        return Money.ofNanos(tx.count("""
                select coalesce(sum(amount), 0) from card_topups
                where organization = ? and created_at >= ? and kind = 'automatic' and (state = 'pending' or state = 'paid')""", organization, since));
    }

    boolean automaticPending(Tx tx, OrganizationId organization) {
        return tx.count(
                        "select count(*) from card_topups where organization = ? and kind = 'automatic' and state = 'pending'",
                        organization)
                > 0;
    }

    /** Notes the session that Stripe made for the row; true also when it is the one that stands there. */
    boolean session(Tx tx, String id, String session, @Nullable String url) {
        return tx.won(
                "update card_topups set session = ?, url = ? where id = ? and (session is null or session = ?)",
                session,
                url,
                id,
                session);
    }

    /** Notes the payment that Stripe made for the row; true also when it is the one that stands there. */
    boolean intent(Tx tx, String id, String intent) {
        return tx.won(
                "update card_topups set intent = ? where id = ? and (intent is null or intent = ?)",
                intent,
                id,
                intent);
    }

    /**
     * Turns the row to paid, once.
     *
     * @param intent Stripe's payment; empty when it is not told
     */
    boolean paid(Tx tx, String id, String intent) {
        return tx.won("""
                update card_topups set state = 'paid', paid_at = ?, intent = coalesce(intent, nullif(?, '')), failure = null
                where id = ? and state <> 'paid' and (intent is null or ? = '' or intent = ?)""", tx.now(), intent, id, intent, intent);
    }

    /** Ends a row that is pending without a payment. */
    boolean end(Tx tx, String id, TopUpState state, String failure) {
        return tx.won(
                "update card_topups set state = ?, failure = ? where id = ? and state = 'pending'",
                state.code(),
                failure,
                id);
    }

    void receipt(Tx tx, String id, String url) {
        tx.won("update card_topups set receipt_url = ? where id = ?", url, id);
    }

    /** Notes what was given back to the payer, as the most that was ever told. */
    void refunded(Tx tx, String id, Money refunded) {
        tx.won("update card_topups set refunded = ? where id = ? and refunded < ?", refunded, id, refunded);
    }

    /** Notes what is disputed, unless something was said of it later. */
    void disputed(Tx tx, String id, Money disputed, Instant at) {
        tx.won(
                "update card_topups set disputed = ?, disputed_at = ? where id = ? and (disputed_at is null or disputed_at <= ?)",
                disputed,
                at,
                id,
                at);
    }

    /** Notes a move of money that the row made, by the number of moves before it. */
    boolean moved(Tx tx, TopUp row, Money taken, Money owed) {
        return tx.won(
                "update card_topups set taken = ?, owed = ?, moves = moves + 1 where id = ? and moves = ?",
                taken,
                owed,
                row.id(),
                row.moves());
    }

    /** Forgives what payments of the organization still owe. */
    int forgive(Tx tx, OrganizationId organization) {
        return tx.update(
                "update card_topups set forgiven = forgiven + owed, owed = 0 where organization = ? and owed > 0",
                organization);
    }

    private static TopUp read(Row row) {
        return new TopUp(
                row.text("id"),
                new OrganizationId(row.uuid("organization")),
                TopUpKind.of(row.text("kind")),
                TopUpState.of(row.text("state")),
                row.money("amount"),
                row.flag("live"),
                row.flag("save_card"),
                row.text("success_url"),
                row.text("cancel_url"),
                row.textOrNull("session"),
                row.textOrNull("url"),
                row.textOrNull("intent"),
                row.textOrNull("receipt_url"),
                row.textOrNull("failure"),
                row.money("refunded"),
                row.money("disputed"),
                row.money("taken"),
                row.money("owed"),
                row.money("forgiven"),
                row.number("moves"),
                row.instant("created_at"),
                row.instantOrNull("paid_at"));
    }
}
