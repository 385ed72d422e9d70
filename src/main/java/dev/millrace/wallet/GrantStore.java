package dev.millrace.wallet;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code grants} and {@code grant_parts}. */
final class GrantStore {
    /** What of a hold is of one grant. */
    record Part(String grant, Money amount, Money charge, Money refunded, Instant expiresAt) {}

    private static final String COLUMNS = "id, organization, amount, unspent, held, expired, expires_at, created_at";

    void add(Tx tx, String id, OrganizationId organization, Money amount, Instant expiresAt) {
        tx.update(
                "insert into grants (id, organization, amount, unspent, expires_at, created_at) values (?, ?, ?, ?, ?, ?)",
                id,
                organization,
                amount,
                amount,
                expiresAt,
                tx.now());
    }

    Optional<Grant> find(Tx tx, String id) {
        return tx.one("select " + COLUMNS + " from grants where id = ?", GrantStore::read, id);
    }

    /** The latest of an organization, spent and expired ones too. */
    List<Grant> list(Tx tx, OrganizationId organization, int limit) {
        return tx.list(
                "select " + COLUMNS + " from grants where organization = ? order by expires_at desc, id limit ?",
                GrantStore::read,
                organization,
                limit);
    }

    /** Those with something left, the one that expires first first. */
    List<Grant> unspent(Tx tx, OrganizationId organization) {
        return tx.list(
                "select " + COLUMNS + " from grants where organization = ? and unspent > 0 order by expires_at, id",
                GrantStore::read,
                organization);
    }

    /** What is left to spend of all of an organization's grants. */
    Money unspentInAll(Tx tx, OrganizationId organization) {
        return Money.ofNanos(tx.count(
                "select coalesce(sum(unspent), 0) from grants where organization = ? and unspent > 0", organization));
    }

    /** When the latest was given that has something left; the epoch when there is none. */
    Instant given(Tx tx, OrganizationId organization) {
        return tx.one(
                        "select coalesce(max(created_at), 0) as t from grants where organization = ? and unspent > 0",
                        row -> row.instant("t"),
                        organization)
                .orElseThrow();
    }

    /** Organizations with something left of a grant that has expired. */
    List<OrganizationId> due(Tx tx, Instant now, int limit) {
        return tx.list(
                "select distinct organization from grants where unspent > 0 and expires_at <= ? limit ?",
                row -> new OrganizationId(row.uuid("organization")),
                now,
                limit);
    }

    /** What all of an organization's grants have left, held ones included. */
    Money left(Tx tx, OrganizationId organization) {
        return Money.ofNanos(
                tx.count("select coalesce(sum(unspent + held), 0) from grants where organization = ?", organization));
    }

    boolean hold(Tx tx, String grant, Money amount) {
        return tx.won(
                "update grants set unspent = unspent - ?, held = held + ? where id = ? and unspent >= ?",
                amount,
                amount,
                grant,
                amount);
    }

    void addPart(Tx tx, HoldId hold, String grant, Money amount) {
        tx.update("insert into grant_parts (hold, grant_id, amount) values (?, ?, ?)", hold, grant, amount);
    }

    /** The parts of a hold, in the order in which they are spent. */
    List<Part> parts(Tx tx, HoldId hold) {
        return tx.list(
                """
                select p.grant_id, p.amount, p.charge, p.refunded, g.expires_at
                from grant_parts p join grants g on g.id = p.grant_id
                where p.hold = ? order by g.expires_at, g.id""",
                row -> new Part(
                        row.text("grant_id"),
                        row.money("amount"),
                        row.money("charge"),
                        row.money("refunded"),
                        row.instant("expires_at")),
                hold);
    }

    /** Takes a part out of held, and gives back what was not charged of it. */
    boolean resolve(Tx tx, HoldId hold, Part part, Money charge) {
        return tx.won(
                        "update grants set held = held - ?, unspent = unspent + ? where id = ? and held >= ?",
                        part.amount(),
                        part.amount().minus(charge),
                        part.grant(),
                        part.amount())
                && tx.won(
                        "update grant_parts set charge = ? where hold = ? and grant_id = ?",
                        charge,
                        hold,
                        part.grant());
    }

    boolean refund(Tx tx, HoldId hold, Part part, Money amount) {
        return tx.won("""
                        update grant_parts set refunded = refunded + ?
                        where hold = ? and grant_id = ? and refunded + ? <= charge""", amount, hold, part.grant(), amount)
                && tx.won("update grants set unspent = unspent + ? where id = ?", amount, part.grant());
    }

    /** Notes what grants were charged, or below zero got back, and when. */
    void note(Tx tx, OrganizationId organization, String cause, Money amount) {
        tx.update(
                "insert into grant_charges (organization, at, cause, amount) values (?, ?, ?, ?)",
                organization,
                tx.now(),
                cause,
                amount);
    }

    /** What grants were charged from one moment on and before another, less what they got back. */
    Money charged(Tx tx, OrganizationId organization, Instant from, Instant until) {
        return Money.ofNanos(tx.count(
                "select coalesce(sum(amount), 0) from grant_charges where organization = ? and at >= ? and at < ?",
                organization,
                from,
                until));
    }

    /** Takes what is left of a grant out of it; says which of its expiries this is, from 1. */
    Optional<Long> expire(Tx tx, Grant grant) {
        return tx.one("""
                update grants set expired = expired + unspent, unspent = 0, expiries = expiries + 1
                where id = ? and unspent = ? returning expiries""", row -> row.number("expiries"), grant.id(), grant.unspent());
    }

    private static Grant read(Row row) {
        return new Grant(
                row.text("id"),
                new OrganizationId(row.uuid("organization")),
                row.money("amount"),
                row.money("unspent"),
                row.money("held"),
                row.money("expired"),
                row.instant("expires_at"),
                row.instant("created_at"));
    }
}
