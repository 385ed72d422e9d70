package dev.millrace.audit;

import dev.millrace.billing.PriceBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The same invariants as far as they can be told from what is new: what was moved up to a moment was verified before, and its sums
 * stand in {@code audit_sums}. What they cost grows with what is new, and with the number of wallets.
 */
final class NewChecks {
    /**
     * The transfers that are newer than a moment, wallet by wallet, which the index of transfers leads to: the cross join has SQLite
     * begin with the wallets.
     */
    private static final String NEW =
            "select t.* from wallets w cross join transfers t where t.organization = w.organization and t.created_at > ?";

    private static final String COUNT_NEW = "select count(*) from (" + NEW + ") fresh";

    /** What an organization's new transfers, beyond those in its sums, did to its accounts and to the platform's. */
    static final String DELTAS = """
            select t.organization,
                sum(case when t.credit = 'org:' || t.organization || ':available' then t.amount
                         when t.debit = 'org:' || t.organization || ':available' then -t.amount else 0 end) as available,
                sum(case when t.credit = 'org:' || t.organization || ':held' then t.amount
                         when t.debit = 'org:' || t.organization || ':held' then -t.amount else 0 end) as held,
                sum(case when t.credit like 'platform:%' then t.amount else 0 end
                    - case when t.debit like 'platform:%' then t.amount else 0 end) as platform
            from wallets w cross join transfers t left join audit_sums a on a.organization = t.organization
            where t.organization = w.organization and t.created_at > ? and t.created_at > coalesce(a.through, -1)""";

    private static final String BY_ORGANIZATION = " group by t.organization";

    private final Instant since;

    private NewChecks(Instant since) {
        this.since = since;
    }

    /** The checks of what is newer than the moment, in the order of the full ones. */
    static List<Check> all(Instant since, PriceBook prices) {
        NewChecks checks = new NewChecks(since);
        List<Check> all = new ArrayList<>(List.of(
                checks.m1(),
                checks.m2(),
                MoneyChecks.m3(),
                checks.m4(),
                MoneyChecks.m5(),
                checks.m6(),
                checks.m7(),
                checks.m8(),
                new PriceCheck(prices, since)));
        all.add(new AppendOnlyCheck());
        all.addAll(List.of(checks.m10(), SpendChecks.guards(), SpendChecks.grantsInWallets(), JobChecks.j4()));
        return List.copyOf(all);
    }

    private Check check(String id, String sentence, String seen, String broken) {
        return new SinceCheck(id, sentence, seen, broken, since);
    }

    private Check m1() {
        return check(
                "M1",
                MoneyChecks.M1,
                COUNT_NEW,
                "select 'the sum is ' || total || ' nanos' as what from ("
                        + "select (select coalesce(sum(available + held), 0) from wallets)"
                        + " + (select coalesce(sum(platform), 0) from audit_sums)"
                        + " + (select coalesce(sum(platform), 0) from (" + DELTAS + BY_ORGANIZATION
                        + ") fresh) as total) summed where total <> 0");
    }

    private Check m2() {
        return check(
                "M2",
                MoneyChecks.M2,
                COUNT_NEW,
                "select " + MoneyChecks.MOVED + " as what from (" + NEW + ") fresh where "
                        + MoneyChecks.WRONG_ACCOUNTS);
    }

    private Check m4() {
        return check(
                "M4",
                MoneyChecks.M4,
                "select count(*) from wallets",
                "select o.organization || ': stored ' || o.available || ' and ' || o.held || ', entries '"
                        + " || (coalesce(a.available, 0) + coalesce(d.available, 0)) || ' and '"
                        + " || (coalesce(a.held, 0) + coalesce(d.held, 0)) as what from wallets o"
                        + " left join audit_sums a on a.organization = o.organization"
                        + " left join (" + DELTAS + BY_ORGANIZATION + ") d on d.organization = o.organization"
                        + " where o.available <> coalesce(a.available, 0) + coalesce(d.available, 0)"
                        + " or o.held <> coalesce(a.held, 0) + coalesce(d.held, 0)");
    }

    private Check m6() {
        String moved = "select distinct " + MoneyChecks.HOLD_OF + " as hold from (" + NEW + ") transfers where "
                + MoneyChecks.ABOUT_HOLDS;
        return check(
                "M6",
                MoneyChecks.M6,
                "select count(*) from (" + moved + ") holds_moved",
                "select coalesce(" + MoneyChecks.HOLD_AND_MOVES
                        + ", n.hold || ': there is no such hold') as what from ("
                        + moved + ") n left join holds h on h.id = n.hold" + MoneyChecks.MOVES
                        + " where h.id is null or " + MoneyChecks.WRONG_MOVES);
    }

    private Check m7() {
        String ids = "select id from jobs where finished_at is not null and finished_at > ?"
                + " union select substr(id, 5) from holds where resolved_at is null and state = 'open' and id like 'job:%'";
        return check(
                "M7",
                JobChecks.M7,
                "select count(*) from (" + ids + ") fresh",
                JobChecks.m7Of("(" + ids + ") n join jobs j on j.id = n.id"));
    }

    private Check m8() {
        String ids = "select h.id from (" + NEW + ") fresh join holds h on h.id = substr(fresh.id, 8)"
                + " where fresh.kind = 'settle'"
                + " union select u.id from wallets w cross join usage_rows u where u.organization = w.organization"
                + " and u.created_at > ? and u.charge > 0";
        return check("M8", UsageChecks.M8, "select count(*) from (" + ids + ") fresh_charges", UsageChecks.m8Of(ids));
    }

    private Check m10() {
        String refunds = "select rtrim(id, '0123456789') as subject, sum(amount) as amount from (" + NEW
                + ") fresh where kind = 'refund' group by 1";
        return check(
                "M10",
                MoneyChecks.M10,
                "select count(*) from (" + refunds + ") refunded",
                "select r.subject || ' refunded ' || coalesce(h.refunded, 0) || ', moved ' || r.amount as what from ("
                        + refunds + ") r left join holds h on h.id = substr(r.subject, 8, length(r.subject) - 8)"
                        + " where coalesce(h.refunded, 0) < r.amount or h.refunded > h.charge");
    }
}
