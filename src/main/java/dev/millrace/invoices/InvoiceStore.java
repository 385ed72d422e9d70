package dev.millrace.invoices;

import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code invoices}, {@code invoice_lines} and {@code invoice_payments}. */
final class InvoiceStore {
    private static final String PLACES = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** The number of the next invoice, which this transaction then has to write. */
    long next(Tx tx) {
        return tx.one(
                        "update invoice_numbers set last = last + 1 where name = 'invoices' returning last",
                        row -> row.number("last"))
                .orElseThrow();
    }

    void add(Tx tx, Invoice invoice, List<InvoiceLine> lines) {
        tx.update(
                "insert into invoices (number, sequence, organization, status, period_from, period_until, zone, issued_at,"
                        + " due_at, seller, buyer, subtotal, applied, rounding, net, tax_rate, tax, tax_note, total) values "
                        + PLACES,
                invoice.number(),
                invoice.sequence(),
                invoice.organization(),
                invoice.status().code(),
                invoice.from(),
                invoice.until(),
                invoice.zone().getId(),
                invoice.issuedAt(),
                invoice.dueAt(),
                invoice.seller().json(),
                invoice.buyer().json(),
                invoice.subtotal(),
                invoice.applied(),
                invoice.rounding(),
                invoice.net(),
                invoice.taxRate().points(),
                invoice.tax(),
                invoice.taxNote(),
                invoice.total());
        long position = 0;
        for (InvoiceLine line : lines) {
            tx.update(
                    """
                    insert into invoice_lines (invoice, position, usage_from, usage_until, model, key_id, requests, amount)
                    values (?, ?, ?, ?, ?, ?, ?, ?)""",
                    invoice.number(),
                    position++,
                    line.from(),
                    line.until(),
                    line.model(),
                    line.key(),
                    line.requests(),
                    line.amount());
        }
    }

    Optional<Invoice> find(Tx tx, String number) {
        return tx.one("select * from invoices where number = ?", InvoiceStore::read, number);
    }

    List<InvoiceLine> lines(Tx tx, String number) {
        return tx.list("select * from invoice_lines where invoice = ? order by position", InvoiceStore::line, number);
    }

    List<InvoicePayment> payments(Tx tx, String number) {
        return tx.list(
                "select * from invoice_payments where invoice = ? order by paid_at, reference",
                InvoiceStore::payment,
                number);
    }

    List<Invoice> after(Tx tx, @Nullable OrganizationId organization, @Nullable String cursor, int limit) {
        Keyset place = Keyset.of(cursor);
        String whose = organization == null ? "" : organization.text();
        return tx.list(
                "select * from invoices where (? = '' or organization = ?) and (issued_at, number) < (?, ?)"
                        + " order by issued_at desc, number desc limit ?",
                InvoiceStore::read,
                whose,
                whose,
                place.time(),
                place.id(),
                limit);
    }

    /** What stands on invoices that are not void for a window, by model and key. */
    List<InvoiceLine> billed(Tx tx, OrganizationId organization, Instant from) {
        return tx.list("""
                select l.usage_from, max(l.usage_until) as usage_until, l.model, l.key_id, sum(l.requests) as requests,
                    sum(l.amount) as amount
                from invoices i join invoice_lines l on l.invoice = i.number
                where i.organization = ? and i.status <> 'void' and l.usage_from = ?
                group by l.usage_from, l.model, l.key_id""", InvoiceStore::line, organization, from);
    }

    /** The windows of invoices that were taken back. */
    List<Window> taken(Tx tx, OrganizationId organization) {
        return tx.list("""
                select distinct l.usage_from, l.usage_until from invoices i join invoice_lines l on l.invoice = i.number
                where i.organization = ? and i.status = 'void' order by l.usage_from""", row -> new Window(row.instant("usage_from"), row.instant("usage_until")), organization);
    }

    /** What open invoices have to bring the wallet yet: the tax is not in it. */
    Money outstanding(Tx tx, OrganizationId organization) {
        return Money.ofNanos(tx.count(
                "select coalesce(sum(net - credited), 0) from invoices where organization = ? and status = 'open'",
                organization));
    }

    /** What is left of grants of an organization. */
    Money leftOfGrants(Tx tx, OrganizationId organization) {
        return Money.ofNanos(
                tx.count("select coalesce(sum(unspent + held), 0) from grants where organization = ?", organization));
    }

    /** What payments of invoices credited the wallet with in a window. */
    Money credited(Tx tx, OrganizationId organization, Window window) {
        return Money.ofNanos(tx.count("""
                select coalesce(sum(p.credited), 0) from invoices i join invoice_payments p on p.invoice = i.number
                where i.organization = ? and p.paid_at >= ? and p.paid_at < ?""", organization, window.from(), window.until()));
    }

    Optional<InvoicePayment> payment(Tx tx, String number, String reference) {
        return tx.one(
                "select * from invoice_payments where invoice = ? and reference = ?",
                InvoiceStore::payment,
                number,
                reference);
    }

    void pay(Tx tx, String number, InvoicePayment payment) {
        tx.update(
                "insert into invoice_payments (invoice, reference, amount, credited, paid_at) values (?, ?, ?, ?, ?)",
                number,
                payment.reference(),
                payment.amount(),
                payment.credited(),
                payment.paidAt());
    }

    /** Counts a payment in; false when it is not open, or something else was paid meanwhile. */
    boolean paid(Tx tx, Invoice before, Money amount, Money credited) {
        return tx.won("""
                update invoices set paid = paid + ?, credited = credited + ?,
                    status = case when paid + ? = total then 'paid' else status end,
                    ended_at = case when paid + ? = total then ? else ended_at end
                where number = ? and status = 'open' and paid = ?""", amount, credited, amount, amount, tx.now(), before.number(), before.paid());
    }

    boolean takeBack(Tx tx, String number, String reason) {
        return tx.won("""
                update invoices set status = 'void', void_reason = ?, ended_at = ?
                where number = ? and status <> 'void' and paid = 0""", reason, tx.now(), number);
    }

    private static InvoiceLine line(Row row) {
        return new InvoiceLine(
                row.instant("usage_from"),
                row.instant("usage_until"),
                row.text("model"),
                row.text("key_id"),
                row.number("requests"),
                row.money("amount"));
    }

    private static InvoicePayment payment(Row row) {
        return new InvoicePayment(
                row.text("reference"), row.money("amount"), row.money("credited"), row.instant("paid_at"));
    }

    private static Invoice read(Row row) {
        return new Invoice(
                row.text("number"),
                row.number("sequence"),
                new OrganizationId(row.uuid("organization")),
                InvoiceStatus.of(row.text("status")),
                row.instant("period_from"),
                row.instant("period_until"),
                ZoneId.of(row.text("zone")),
                row.instant("issued_at"),
                row.instant("due_at"),
                Party.read(row.text("seller")),
                Party.read(row.text("buyer")),
                row.money("subtotal"),
                row.money("applied"),
                row.money("rounding"),
                row.money("net"),
                new TaxRate(row.number("tax_rate")),
                row.money("tax"),
                row.text("tax_note"),
                row.money("total"),
                row.money("paid"),
                row.money("credited"),
                row.textOrNull("void_reason"));
    }
}
