package dev.millrace.limits;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code caps} and {@code cap_windows}. */
final class CapStore {
    /** A cap, and the window that a moment is in; without one when nothing was held in it yet. */
    record Standing(
            CapSubject subject,
            CapPeriod period,
            Money limit,
            Instant countedTo,
            @Nullable CapWindow window,
            Money spent,
            Money held) {}

    /** A window that a charge was counted in. */
    record Touched(
            CapSubject subject,
            CapPeriod period,
            Instant startsAt,
            Money spent,
            @Nullable Money limit,
            long told) {}

    private static final String STANDING = """
            select c.subject, c.period, c.amount, c.counted_to, w.starts_at, w.ends_at,
                coalesce(w.spent, 0) as spent, coalesce(w.held, 0) as held
            from caps c left join cap_windows w on w.organization = c.organization and w.subject = c.subject
                and w.period = c.period and w.starts_at <= ? and w.ends_at > ?
            where c.organization = ?""";

    private static final String TOUCHED =
            " where organization = ? and starts_at <= ? and ends_at > ? and subject in (?, ?, ?)";

    /** All caps of an organization. */
    List<Standing> all(Tx tx, OrganizationId organization, Instant now) {
        return tx.list(
                STANDING + " order by c.subject, c.period", row -> read(row, organization), now, now, organization);
    }

    /** Those that a request of the spender has to pass. */
    List<Standing> of(Tx tx, Spender spender, Instant now) {
        List<String> codes = CapSubject.codes(spender);
        return tx.list(
                STANDING + " and c.subject in (?, ?, ?) order by c.subject, c.period",
                row -> read(row, spender.organization()),
                now,
                now,
                spender.organization(),
                codes.get(0),
                codes.get(1),
                codes.get(2));
    }

    /** The cap of one subject and period. */
    Optional<Standing> one(Tx tx, CapSubject subject, CapPeriod period, Instant now) {
        return tx.one(
                STANDING + " and c.subject = ? and c.period = ?",
                row -> read(row, subject.organization()),
                now,
                now,
                subject.organization(),
                subject.code(),
                period);
    }

    void add(Tx tx, CapSubject subject, CapPeriod period, Money limit, Instant countedTo) {
        tx.update(
                "insert into caps (organization, subject, period, amount, counted_to, set_at) values (?, ?, ?, ?, ?, ?)",
                subject.organization(),
                subject.code(),
                period,
                limit,
                countedTo,
                tx.now());
    }

    boolean change(Tx tx, CapSubject subject, CapPeriod period, Money limit) {
        return tx.won(
                "update caps set amount = ?, set_at = ? where organization = ? and subject = ? and period = ?",
                limit,
                tx.now(),
                subject.organization(),
                subject.code(),
                period);
    }

    /** Removes a cap with all that it counted; false when there is none. */
    boolean remove(Tx tx, CapSubject subject, CapPeriod period) {
        Object[] key = {subject.organization(), subject.code(), period};
        tx.update("delete from cap_windows where organization = ? and subject = ? and period = ?", key);
        return tx.won("delete from caps where organization = ? and subject = ? and period = ?", key);
    }

    boolean any(Tx tx, OrganizationId organization) {
        return tx.count(
                        "select count(*) from (select 1 from caps where organization = ? limit 1) one_cap",
                        organization)
                > 0;
    }

    /** When a cap was set last; the epoch when there is none. */
    Instant changed(Tx tx, OrganizationId organization) {
        return tx.one(
                        "select coalesce(max(set_at), 0) as t from caps where organization = ?",
                        row -> row.instant("t"),
                        organization)
                .orElseThrow();
    }

    /** The time around a moment that no window of the cap has yet. */
    CapWindow free(Tx tx, CapSubject subject, CapPeriod period, Instant moment) {
        Object[] key = {subject.organization(), subject.code(), period, moment};
        return new CapWindow(
                tx.one(
                                "select coalesce(max(ends_at), 0) as t from cap_windows"
                                        + " where organization = ? and subject = ? and period = ? and ends_at <= ?",
                                row -> row.instant("t"),
                                key)
                        .orElseThrow(),
                tx.one(
                                "select min(starts_at) as t from cap_windows"
                                        + " where organization = ? and subject = ? and period = ? and starts_at > ?",
                                row -> Optional.ofNullable(row.instantOrNull("t")),
                                key)
                        .flatMap(found -> found)
                        .orElse(CapPeriod.NEVER));
    }

    void addWindow(Tx tx, CapSubject subject, CapPeriod period, CapWindow window, CapLedger.Counted counted) {
        tx.update(
                """
                insert into cap_windows (organization, subject, period, starts_at, ends_at, spent, held)
                values (?, ?, ?, ?, ?, ?, ?)""",
                subject.organization(),
                subject.code(),
                period,
                window.startsAt(),
                window.endsAt(),
                counted.spent(),
                counted.held());
    }

    /** Removes windows that ended before a moment and in which no hold is open. */
    void forget(Tx tx, CapSubject subject, CapPeriod period, Instant endedBefore) {
        tx.update("""
                delete from cap_windows where organization = ? and subject = ? and period = ?
                    and ends_at < ? and held = 0""", subject.organization(), subject.code(), period, endedBefore);
    }

    /** Sets the amount aside in the window of every cap that covers it; says in how many. */
    int reserve(Tx tx, Spender spender, Money amount, Instant now) {
        return tx.update(
                "update cap_windows set held = held + ?" + TOUCHED
                        + " and held <= (select c.amount from caps c where c.organization = cap_windows.organization"
                        + " and c.subject = cap_windows.subject and c.period = cap_windows.period) - spent - ?",
                args(spender, now, amount, amount));
    }

    /** Takes what a hold had set aside out of held, and puts what was charged into spent, in every window it was counted in. */
    List<Touched> settle(Tx tx, Spender spender, Instant heldAt, Money amount, Money charge) {
        List<String> codes = CapSubject.codes(spender);
        return tx.list(
                "update cap_windows set held = held - ?, spent = spent + ?" + TOUCHED
                        + " returning subject, period, starts_at, spent, told, (select c.amount from caps c"
                        + " where c.organization = cap_windows.organization and c.subject = cap_windows.subject"
                        + " and c.period = cap_windows.period) as amount",
                row -> touched(row, spender.organization()),
                amount,
                charge,
                spender.organization(),
                heldAt,
                heldAt,
                codes.get(0),
                codes.get(1),
                codes.get(2));
    }

    /** Takes what was refunded out of spent, in every window the hold was counted in. */
    void refund(Tx tx, Spender spender, Instant heldAt, Money amount) {
        List<String> codes = CapSubject.codes(spender);
        tx.update(
                "update cap_windows set spent = spent - ?" + TOUCHED,
                amount,
                spender.organization(),
                heldAt,
                heldAt,
                codes.get(0),
                codes.get(1),
                codes.get(2));
    }

    private static @Nullable Object[] args(Spender spender, Instant moment, Money first, Money last) {
        List<@Nullable Object> args = new ArrayList<>(8);
        args.add(first);
        args.add(spender.organization());
        args.add(moment);
        args.add(moment);
        args.addAll(CapSubject.codes(spender));
        args.add(last);
        return args.toArray();
    }

    private static Standing read(Row row, OrganizationId organization) {
        Instant startsAt = row.instantOrNull("starts_at");
        return new Standing(
                CapSubject.of(organization, row.text("subject")).orElseThrow(),
                CapPeriod.of(row.text("period")).orElseThrow(),
                row.money("amount"),
                row.instant("counted_to"),
                startsAt == null ? null : new CapWindow(startsAt, row.instant("ends_at")),
                row.money("spent"),
                row.money("held"));
    }

    private static Touched touched(Row row, OrganizationId organization) {
        Long limit = row.numberOrNull("amount");
        return new Touched(
                CapSubject.of(organization, row.text("subject")).orElseThrow(),
                CapPeriod.of(row.text("period")).orElseThrow(),
                row.instant("starts_at"),
                row.money("spent"),
                limit == null ? null : Money.ofNanos(limit),
                row.number("told"));
    }
}
