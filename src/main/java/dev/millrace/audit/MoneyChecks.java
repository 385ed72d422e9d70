package dev.millrace.audit;

import java.util.List;

/** The invariants of the ledger, each as a query that knows the tables and none of the code that writes them. */
final class MoneyChecks {
    private static final String COUNT_TRANSFERS = "select count(*) from transfers";
    private static final String COUNT_WALLETS = "select count(*) from wallets";
    private static final String COUNT_HOLDS = "select count(*) from holds";

    static final String M1 = "The balances of all accounts, wallets and platform, sum to zero.";
    static final String M2 =
            "Every transfer takes from one account what it gives to another, and both are those of its kind.";
    static final String M4 = "The stored balances of every wallet equal the sum of its entries.";
    static final String M6 =
            "Every hold is resolved at most once, and what was set aside is what was charged and given back.";
    static final String M10 =
            "What was refunded of every hold is the sum of its refunds, and never more than its charge.";

    static final String MOVED = "id || ': ' || debit || ' to ' || credit || ', ' || amount";

    /** What the transfers of holds did, and what the hold says of it. */
    static final String HOLD_AND_MOVES = """
            h.id || ': ' || h.state || ', amount ' || h.amount || ', charge ' || h.charge || '; moved '
                || coalesce(t.amount, 0) || ', ' || coalesce(s.amount, 0) || ', ' || coalesce(r.amount, 0)""";

    static final String MOVES = """
             left join transfers t on t.id = 'hold:' || h.id
            left join transfers s on s.id = 'settle:' || h.id
            left join transfers r on r.id = 'release:' || h.id""";

    static final String WRONG_MOVES = """
            h.id not like 'block:%' and (
                coalesce(t.amount, 0) <> case when h.block is null then h.amount else 0 end
                or coalesce(s.amount, 0) <> h.charge
                or (h.state <> 'settled' and h.charge <> 0) or h.charge > h.amount
                or coalesce(r.amount, 0) <> case when h.state = 'open' or h.block is not null then 0
                    else h.amount - h.charge end)""";

    /** Which hold a transfer is about. */
    static final String HOLD_OF = """
            case when transfers.id like 'release:block:%' then rtrim(rtrim(substr(transfers.id, 9), '0123456789'), ':')
                else substr(transfers.id, length(transfers.kind) + 2) end""";

    /** What is moved about a hold; a difference to an upstream's invoice that was booked is about none. */
    static final String ABOUT_HOLDS =
            "kind in ('hold', 'settle', 'release', 'absorb') and id not like 'absorb:recon:%'";

    static final String WRONG_ACCOUNTS = """
            amount <= 0 or debit = credit or substr(id, 1, length(kind) + 1) <> kind || ':' or not (
            case kind
                when 'topup' then debit in ('platform:cash_in', 'platform:promotion')
                and credit = 'org:' || organization || ':available'
                when 'hold' then debit = 'org:' || organization || ':available'
                and credit = 'org:' || organization || ':held'
                when 'settle' then debit = 'org:' || organization || ':held' and credit = 'platform:revenue'
                when 'release' then debit = 'org:' || organization || ':held'
                and credit = 'org:' || organization || ':available'
                when 'refund' then debit = 'platform:revenue' and credit = 'org:' || organization || ':available'
                when 'takeback' then debit = 'org:' || organization || ':available'
                and credit in ('platform:cash_in', 'platform:promotion')
                when 'grant' then debit = 'platform:promotion' and credit = 'org:' || organization || ':available'
                when 'expire' then debit = 'org:' || organization || ':available' and credit = 'platform:promotion'
                when 'credit' then debit = 'platform:credit' and credit = 'org:' || organization || ':available'
                when 'reduce' then debit = 'org:' || organization || ':available' and credit = 'platform:credit'
                else debit = 'platform:absorbed_loss' and credit = 'platform:revenue' end)""";

    /** Everything that arrived at each organization's accounts less everything that left them. */
    private static final String SUMS = """
            select organization,
                sum(case when credit = 'org:' || organization || ':available' then amount
                         when debit = 'org:' || organization || ':available' then -amount else 0 end) as available,
                sum(case when credit = 'org:' || organization || ':held' then amount
                         when debit = 'org:' || organization || ':held' then -amount else 0 end) as held
            from transfers group by organization""";

    private MoneyChecks() {}

    static List<Check> all() {
        return List.of(m1(), m2(), m3(), m4(), m5(), m5AtRest(), m6(), m6Blocks(), m10());
    }

    private static Check m1() {
        return new SqlCheck("M1", M1, COUNT_TRANSFERS, """
                select 'the sum is ' || total || ' nanos' as what from (
                    select (select coalesce(sum(available + held), 0) from wallets)
                        + (select coalesce(sum(case when credit like 'platform:%' then amount else 0 end
                            - case when debit like 'platform:%' then amount else 0 end), 0) from transfers) as total
                ) summed where total <> 0""");
    }

    private static Check m2() {
        return new SqlCheck(
                "M2", M2, COUNT_TRANSFERS, "select " + MOVED + " as what from transfers where " + WRONG_ACCOUNTS);
    }

    static Check m3() {
        return new SqlCheck("M3", "No wallet has less than nothing, available or held.", COUNT_WALLETS, """
                select organization || ': available ' || available || ', held ' || held as what from wallets
                where available < 0 or held < 0""");
    }

    private static Check m4() {
        return new SqlCheck(
                "M4",
                M4,
                COUNT_WALLETS,
                "select o.organization || ': stored ' || coalesce(w.available, 0) || ' and ' || coalesce(w.held, 0)"
                        + " || ', entries ' || coalesce(s.available, 0) || ' and ' || coalesce(s.held, 0) as what"
                        + " from (select organization from wallets union select organization from transfers) o"
                        + " left join wallets w on w.organization = o.organization"
                        + " left join (" + SUMS + ") s on s.organization = o.organization"
                        + " where coalesce(w.available, 0) <> coalesce(s.available, 0)"
                        + " or coalesce(w.held, 0) <> coalesce(s.held, 0)");
    }

    static Check m5() {
        return new SqlCheck("M5", "What is held in every wallet is the sum of its open holds.", COUNT_WALLETS, """
                select o.organization || ': held ' || coalesce(w.held, 0) || ', open holds ' || coalesce(h.amount, 0) as what
                from (select organization from wallets
                    union select organization from holds where state = 'open') o
                left join wallets w on w.organization = o.organization
                left join (select h.organization, sum(h.amount - case when b.id is null then 0 else h.charge + b.returned end)
                    as amount from holds h left join blocks b on b.id = h.id where h.state = 'open'
                    group by h.organization) h on h.organization = o.organization
                where coalesce(w.held, 0) <> coalesce(h.amount, 0)""");
    }

    private static Check m5AtRest() {
        return new SqlCheck("M5-rest", "At rest no hold is open and nothing is held.", true, COUNT_WALLETS, """
                select id || ': open, ' || amount as what from holds where state = 'open'
                union all select organization || ': held ' || held from wallets where held <> 0""");
    }

    private static Check m6() {
        return new SqlCheck(
                "M6",
                M6,
                COUNT_HOLDS,
                "select " + HOLD_AND_MOVES + " as what from holds h" + MOVES + " where " + WRONG_MOVES
                        + " union all select id || ': there is no such hold' from transfers where " + ABOUT_HOLDS
                        + " and not exists (select 1 from holds h where h.id = " + HOLD_OF + ")");
    }

    private static Check m6Blocks() {
        return new SqlCheck(
                "M6-blocks",
                "What was set aside for every block is what its requests were charged, what has come back, and what is left.",
                "select count(*) from blocks",
                """
                select h.id || ': ' || h.state || ', amount ' || h.amount || ', charge ' || h.charge || '; moved '
                    || coalesce(t.amount, 0) || ', requests ' || coalesce(c.charge, 0) || ', returned '
                    || coalesce(b.returned, 0) || ' and ' || coalesce(r.amount, 0) as what
                from holds h
                left join blocks b on b.id = h.id
                left join transfers t on t.id = 'hold:' || h.id
                left join (select block, sum(charge) as charge, sum(refunded) as refunded from holds
                    where block is not null group by block) c on c.block = h.id
                left join (select rtrim(id, '0123456789') as subject, sum(amount) as amount from transfers
                    where id like 'release:block:%' group by 1) r on r.subject = 'release:' || h.id || ':'
                where h.id like 'block:%' and (b.id is null or coalesce(t.amount, 0) <> h.amount
                    or h.charge <> coalesce(c.charge, 0) or b.refunded <> coalesce(c.refunded, 0)
                    or b.returned <> coalesce(r.amount, 0) or h.charge + b.returned > h.amount or h.state = 'settled'
                    or (h.state = 'released' and h.charge + b.returned <> h.amount))
                union all
                select h.id || ': there is no ' || h.block from holds h
                where h.block is not null and not exists (select 1 from holds b join blocks o on o.id = b.id
                    where b.id = h.block and b.organization = h.organization and b.key_id = h.key_id)""");
    }

    private static Check m10() {
        return new SqlCheck("M10", M10, "select count(*) from transfers where kind in ('topup', 'refund')", """
                select coalesce(h.id, r.subject) || ': refunded ' || coalesce(h.refunded, 0) || ', moved '
                    || coalesce(r.amount, 0) as what
                from (select 'refund:' || id || ':' as subject from holds where refunded <> 0
                    union select rtrim(id, '0123456789') from transfers where kind = 'refund') o
                left join (select rtrim(id, '0123456789') as subject, sum(amount) as amount
                    from transfers where kind = 'refund' group by 1) r on r.subject = o.subject
                left join holds h on h.id = substr(o.subject, 8, length(o.subject) - 8)
                where coalesce(h.refunded, 0) <> coalesce(r.amount, 0) or coalesce(h.refunded, 0) > coalesce(h.charge, 0)""");
    }
}
