package dev.millrace.audit;

import java.util.List;

/** The invariants of what limits spending: caps, grants and credit lines. */
final class SpendChecks {
    /** Every hold that was taken from a wallet: blocks stand for all that was granted from them. */
    private static final String TAKEN = """
            (select h.organization, h.key_id, h.member, h.created_at, h.charge - h.refunded - coalesce(b.refunded, 0) as spent,
                case when h.state = 'open' then h.amount - h.charge - coalesce(b.returned, 0) else 0 end as held
            from holds h left join blocks b on b.id = h.id where h.block is null) taken""";

    /** Each of them once for each subject that a cap may be set on. */
    private static final String BY_SUBJECT =
            "select organization, 'organization' as subject, created_at, spent, held from "
                    + TAKEN + " union all select organization, 'key:' || key_id, created_at, spent, held from " + TAKEN
                    + " union all select organization, 'member:' || member, created_at, spent, held from " + TAKEN
                    + " where member is not null";

    private SpendChecks() {}

    static List<Check> all() {
        return List.of(windows(), guards(), grants(), grantsInWallets(), credit());
    }

    private static Check windows() {
        return new SqlCheck(
                "B1",
                "What every window of a cap has spent and held is what the holds made in it were charged and hold.",
                "select count(*) from cap_windows",
                "select w.organization || ' ' || w.subject || ' ' || w.period || ' ' || w.starts_at || ': spent ' || w.spent"
                        + " || ' and held ' || w.held || ', holds ' || coalesce(s.spent, 0) || ' and ' || coalesce(s.held, 0)"
                        + " as what from cap_windows w left join ("
                        + "select w.organization, w.subject, w.period, w.starts_at, sum(h.spent) as spent, sum(h.held) as held"
                        + " from cap_windows w join (" + BY_SUBJECT
                        + ") h on h.organization = w.organization and h.subject = w.subject"
                        + " and h.created_at >= w.starts_at and h.created_at < w.ends_at"
                        + " group by w.organization, w.subject, w.period, w.starts_at"
                        + ") s on s.organization = w.organization and s.subject = w.subject and s.period = w.period"
                        + " and s.starts_at = w.starts_at"
                        + " where w.spent <> coalesce(s.spent, 0) or w.held <> coalesce(s.held, 0)");
    }

    static Check guards() {
        return new SqlCheck(
                "B1-guard",
                "Every wallet with a cap or with something left of a grant is guarded, so that no hold passes them by.",
                "select count(*) from wallets",
                """
                select organization || ': not guarded' as what from wallets
                where guarded = 0 and (organization in (select organization from caps)
                    or organization in (select organization from grants where unspent + held > 0))""");
    }

    private static Check grants() {
        return new SqlCheck(
                "G1",
                "What every grant has left, held, expired and charged adds up to what was given.",
                "select count(*) from grants",
                """
                select g.id || ': given ' || g.amount || '; left ' || g.unspent || ', held ' || g.held || ' (holds '
                    || coalesce(p.held, 0) || '), expired ' || g.expired || ' (moved ' || coalesce(e.amount, 0)
                    || '), charged ' || coalesce(p.spent, 0) as what
                from grants g
                left join (select p.grant_id, sum(p.charge - p.refunded) as spent,
                        sum(case when h.state = 'open' then p.amount else 0 end) as held
                    from grant_parts p join holds h on h.id = p.hold group by p.grant_id) p on p.grant_id = g.id
                left join (select rtrim(id, '0123456789') as subject, sum(amount) as amount
                    from transfers where kind = 'expire' group by 1) e on e.subject = 'expire:' || g.id || ':'
                left join transfers t on t.id = 'grant:' || g.id
                where g.unspent + g.held + g.expired + coalesce(p.spent, 0) <> g.amount
                    or g.held <> coalesce(p.held, 0) or g.expired <> coalesce(e.amount, 0)
                    or coalesce(t.amount, 0) <> g.amount""");
    }

    static Check grantsInWallets() {
        return new SqlCheck(
                "G2",
                "What the grants of a wallet have left and held is part of what the wallet has available and held.",
                "select count(*) from wallets",
                """
                select g.organization || ': grants ' || g.unspent || ' and ' || g.held || ', wallet '
                    || coalesce(w.available, 0) || ' and ' || coalesce(w.held, 0) as what
                from (select organization, sum(unspent) as unspent, sum(held) as held from grants group by organization) g
                left join wallets w on w.organization = g.organization
                where g.unspent > coalesce(w.available, 0) or g.held > coalesce(w.held, 0)""");
    }

    private static Check credit() {
        return new SqlCheck("C1", "Every credit line is what was moved for it.", "select count(*) from wallets", """
                select o.organization || ': line ' || coalesce(w.credit, 0) || ', moved ' || coalesce(t.amount, 0) as what
                from (select organization from wallets where credit > 0
                    union select organization from transfers where kind = 'credit' or kind = 'reduce') o
                left join wallets w on w.organization = o.organization
                left join (select organization, sum(case when kind = 'credit' then amount else -amount end) as amount
                    from transfers where kind = 'credit' or kind = 'reduce' group by organization) t
                    on t.organization = o.organization
                where coalesce(w.credit, 0) <> coalesce(t.amount, 0)""");
    }
}
