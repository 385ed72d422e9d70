package dev.millrace.audit;

import java.util.List;

/** The invariants between the ledger and money that comes in: by card, and against invoices. */
final class PaymentChecks {
    private PaymentChecks() {}

    static List<Check> all() {
        return List.of(credited(), takenBack(), sums(), charges(), numbers(), differences());
    }

    private static Check credited() {
        return new SqlCheck(
                "M10-cards",
                "Every payment by card that was paid is credited once, with its amount; no other is.",
                "select count(*) from card_topups",
                """
                select c.id || ': ' || c.state || ', ' || c.amount || '; credited ' || coalesce(t.amount, 0) as what
                from card_topups c
                left join transfers t on t.id = 'topup:stripe:' || coalesce(c.intent, c.session)
                where case c.state when 'paid' then t.id is null or t.amount <> c.amount or t.organization <> c.organization
                    else t.id is not null end
                union all
                select t.id || ': of no payment' from transfers t
                where t.kind = 'topup' and t.id like 'topup:stripe:%'
                    and not exists (select 1 from card_topups c where c.intent = substr(t.id, 14))
                    and not exists (select 1 from card_topups c where c.session = substr(t.id, 14))
                    and not exists (select 1 from card_topups c where c.id = substr(t.id, 14, 36))""");
    }

    private static Check takenBack() {
        return new SqlCheck(
                "M10-back",
                "What was taken back of every payment by card is what its row says, and never more than was paid.",
                "select count(*) from card_topups where moves > 0",
                """
                select id || ': taken ' || taken || ', owed ' || owed || ', moved ' || moved as what from (
                    select c.*, coalesce((select sum(t.amount) from transfers t
                            where t.organization = c.organization and t.kind = 'takeback'
                                and t.id like 'takeback:stripe:' || c.id || ':%'), 0)
                        - coalesce((select sum(t.amount) from transfers t
                            where t.organization = c.organization and t.kind = 'topup'
                                and t.id like 'topup:stripe:' || c.id || ':%'), 0) as moved
                    from card_topups c where c.moves > 0) rows
                where moved <> taken or taken + owed > amount""");
    }

    private static Check sums() {
        return new SqlCheck(
                "I1",
                "Every invoice's total is its lines, less what was paid before, rounded, and the tax; what is paid is its payments.",
                "select count(*) from invoices",
                """
                select i.number || ': subtotal ' || i.subtotal || ', lines ' || l.amount || '; paid ' || i.paid || ', payments '
                    || p.amount as what
                from invoices i
                join (select n.number, coalesce(sum(x.amount), 0) as amount from invoices n
                    left join invoice_lines x on x.invoice = n.number group by n.number) l on l.number = i.number
                join (select n.number, coalesce(sum(x.amount), 0) as amount, coalesce(sum(x.credited), 0) as credited
                    from invoices n left join invoice_payments x on x.invoice = n.number group by n.number) p
                    on p.number = i.number
                where i.subtotal <> l.amount or i.net <> i.subtotal - i.applied + i.rounding or i.total <> i.net + i.tax
                    or i.paid <> p.amount or i.credited <> p.credited or abs(i.rounding) > 5000000
                    or (i.status = 'paid') <> (i.paid = i.total and i.status <> 'void')
                union all
                select p.invoice || ': ' || p.reference || ' credited ' || p.credited || ', moved ' || coalesce(t.amount, 0)
                from invoice_payments p
                left join transfers t on t.id = 'topup:invoice:' || p.invoice || ':' || p.reference
                where p.credited <> coalesce(t.amount, 0)""");
    }

    private static Check charges() {
        return new SqlCheck(
                "I2",
                "What stands on invoices for a time is what was charged then; only what came late, or was taken back, is missing.",
                "select count(*) from invoice_lines",
                """
                select b.organization || ' from ' || b.usage_from || ': invoiced ' || b.amount || ', charged ' || u.charge as what
                from (select i.organization, l.usage_from, max(l.usage_until) as usage_until, sum(l.amount) as amount
                    from invoices i join invoice_lines l on l.invoice = i.number where i.status <> 'void'
                    group by i.organization, l.usage_from) b
                join (select w.organization, w.usage_from, coalesce(sum(r.charge), 0) as charge
                    from (select distinct i.organization, l.usage_from, l.usage_until from invoices i
                        join invoice_lines l on l.invoice = i.number) w
                    left join usage_rows r on r.organization = w.organization and r.created_at >= w.usage_from
                        and r.created_at < w.usage_until
                    group by w.organization, w.usage_from) u
                    on u.organization = b.organization and u.usage_from = b.usage_from
                where b.amount > u.charge or (b.amount < u.charge
                    and b.usage_from < (select previous_from from billing_profiles p where p.organization = b.organization)
                    and not exists (select 1 from invoices v join invoice_lines x on x.invoice = v.number
                        where v.organization = b.organization and v.status = 'void' and x.usage_from = b.usage_from))""");
    }

    private static Check numbers() {
        return new SqlCheck("I3", "Invoices are numbered without gaps.", "select count(*) from invoices", """
                select 'counted ' || last || ', there are ' || n || ', the last is ' || most as what from (
                    select last, (select count(*) from invoices) as n, (select coalesce(max(sequence), 0) from invoices) as most
                    from invoice_numbers where name = 'invoices') counted
                where last <> n or last <> most""");
    }

    private static Check differences() {
        return new SqlCheck(
                "R1",
                "Every difference to an upstream's invoice that was booked is moved once, with its amount; no other is.",
                "select count(*) from reconciliation_lines where booked_at is not null",
                """
                select l.reconciliation || ' line ' || l.number || ': ' || l.difference || ', moved ' || coalesce(t.amount, 0)
                    as what
                from reconciliation_lines l
                left join transfers t on t.id = 'absorb:recon:' || l.reconciliation || '-' || l.number
                where l.booked_at is not null and (t.id is null or t.amount <> l.difference)
                union all
                select t.id || ': of no booked difference' from transfers t
                where t.kind = 'absorb' and t.id like 'absorb:recon:%' and not exists (
                    select 1 from reconciliation_lines l where l.booked_at is not null
                        and 'absorb:recon:' || l.reconciliation || '-' || l.number = t.id)""");
    }
}
