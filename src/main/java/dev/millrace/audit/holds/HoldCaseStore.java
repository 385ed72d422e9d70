package dev.millrace.audit.holds;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Open holds, and the rows of {@code hold_cases}. */
public final class HoldCaseStore {
    private static final int KEEP = 5_000;
    private static final String OPEN =
            "select id, organization, amount, terms, created_at from holds where resolved_at is null and state = 'open'";
    private static final String CASE =
            "select c.hold, c.organization, c.found, c.outcome, c.amount, c.held_at, c.at from hold_cases c";

    /** How old open holds are, at most, by the names that metrics have for it; the last is any age. */
    private static final List<Age> AGES = List.of(
            new Age("1m", Duration.ofMinutes(1)),
            new Age("10m", Duration.ofMinutes(10)),
            new Age("1h", Duration.ofHours(1)),
            new Age("6h", Duration.ofHours(6)),
            new Age("1d", Duration.ofDays(1)),
            new Age("older", Duration.ofDays(365_000)));

    private record Age(String name, Duration most) {}

    /**
     * The open holds of some age.
     *
     * @param age what they are younger than, and the age before it is not
     */
    public record Bucket(String age, long holds, Money held) {}

    /** Every name of an age, the youngest first. */
    public static List<String> ages() {
        return AGES.stream().map(Age::name).toList();
    }

    /** The oldest open holds behind a place, that are older than a moment. */
    List<OpenHold> open(Tx tx, Instant before, Instant afterTime, String afterId, int limit) {
        return tx.list(
                OPEN + " and created_at < ? and (created_at, id) > (?, ?) order by created_at, id limit ?",
                HoldCaseStore::hold,
                before,
                afterTime,
                afterId,
                limit);
    }

    Optional<OpenHold> open(Tx tx, HoldId id) {
        return tx.one(OPEN + " and id = ?", HoldCaseStore::hold, id);
    }

    /** The oldest open hold's moment. */
    public Optional<Instant> oldest(Tx tx) {
        return tx.one(
                "select created_at from holds where resolved_at is null and state = 'open' order by created_at, id limit 1",
                row -> row.instant("created_at"));
    }

    /** How many holds are open by age, and what they hold. */
    public List<Bucket> buckets(Tx tx) {
        List<Bucket> buckets = new ArrayList<>();
        Instant until = tx.now().plus(Duration.ofDays(1));
        for (Age age : AGES) {
            Instant from = age.most().compareTo(Duration.ofDays(10_000)) > 0
                    ? Instant.EPOCH
                    : tx.now().minus(age.most());
            buckets.add(tx.one(
                            "select count(*) as n, coalesce(sum(amount), 0) as held from holds where resolved_at is null and state = 'open'"
                                    + " and created_at >= ? and created_at < ?",
                            row -> new Bucket(age.name(), row.number("n"), row.money("held")),
                            from,
                            until)
                    .orElseThrow());
            until = from;
        }
        return buckets;
    }

    /** Keeps a case; what was left before and still is, is not kept twice. */
    boolean add(Tx tx, HoldCase found) {
        return tx.won(
                """
                insert into hold_cases (hold, organization, found, outcome, amount, held_at, at) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (hold, found) do nothing""",
                found.hold(),
                found.organization(),
                found.found(),
                found.outcome(),
                found.amount(),
                found.heldAt(),
                found.at());
    }

    void prune(Tx tx) {
        tx.update(
                "delete from hold_cases where hold in (select hold from hold_cases order by at desc, hold desc limit 500 offset "
                        + KEEP + ")");
    }

    /** What was found, newest first. */
    public List<HoldCase> cases(Tx tx, int limit) {
        return tx.list(CASE + " order by c.at desc, c.hold desc limit ?", HoldCaseStore::found, limit);
    }

    /** What no rule could end and is open still, the oldest first. */
    public List<HoldCase> left(Tx tx, int limit) {
        return tx.list(
                CASE + " join holds h on h.id = c.hold and h.state = 'open' where c.outcome = 'left'"
                        + " order by c.held_at, c.hold limit ?",
                HoldCaseStore::found,
                limit);
    }

    private static HoldCase found(Row row) {
        return new HoldCase(
                row.text("hold"),
                new OrganizationId(row.uuid("organization")),
                row.text("found"),
                HoldCase.Outcome.valueOf(row.text("outcome").toUpperCase(Locale.ROOT)),
                row.money("amount"),
                row.instant("held_at"),
                row.instant("at"));
    }

    private static OpenHold hold(Row row) {
        String terms = row.text("terms");
        int at = terms.lastIndexOf('@');
        return new OpenHold(
                new HoldId(row.text("id")),
                new OrganizationId(row.uuid("organization")),
                row.money("amount"),
                at < 0 ? terms : terms.substring(0, at),
                row.instant("created_at"));
    }
}
