package dev.millrace.invoices;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code billing_profiles}. */
final class ProfileStore {
    Optional<BillingProfile> find(Tx tx, OrganizationId organization) {
        return tx.one("select * from billing_profiles where organization = ?", ProfileStore::read, organization);
    }

    /** Everybody who gets invoices. */
    List<OrganizationId> invoiced(Tx tx) {
        return tx.list(
                "select organization from billing_profiles where invoicing = 1 order by organization",
                row -> new OrganizationId(row.uuid("organization")));
    }

    /** Writes what is said of it; where closing stands is left as it is, and set when the row is new. */
    void set(Tx tx, BillingProfile profile) {
        TaxRate rate = profile.taxRate();
        tx.update(
                """
                insert into billing_profiles (organization, invoicing, legal_name, address, country, vat_id, tax_rate,
                    reverse_charge, due_days, closed_until, previous_from, carried, grants_seen, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (organization) do update set invoicing = excluded.invoicing, legal_name = excluded.legal_name,
                    address = excluded.address, country = excluded.country, vat_id = excluded.vat_id,
                    tax_rate = excluded.tax_rate, reverse_charge = excluded.reverse_charge, due_days = excluded.due_days,
                    updated_at = excluded.updated_at""",
                profile.organization(),
                profile.invoicing(),
                profile.legalName(),
                profile.address(),
                profile.country(),
                profile.vatId(),
                rate == null ? null : rate.points(),
                profile.reverseCharge(),
                profile.dueDays(),
                profile.closedUntil(),
                profile.previousFrom(),
                profile.carried(),
                profile.grantsSeen(),
                tx.now());
    }

    /** Begins anew from a moment on, with this money of its own: for invoicing that is switched on. */
    void begin(Tx tx, OrganizationId organization, Instant from, Money carried, Money grantsSeen) {
        tx.won("""
                update billing_profiles set closed_until = ?, previous_from = ?, carried = ?, grants_seen = ?
                where organization = ?""", from, from, carried, grantsSeen, organization);
    }

    /** Closes up to a moment; false when something else was closed meanwhile. */
    boolean close(Tx tx, BillingProfile before, Instant until, Money carried, Money grantsSeen) {
        Instant from = until.equals(before.closedUntil()) ? before.previousFrom() : before.closedUntil();
        return tx.won("""
                update billing_profiles set previous_from = ?, closed_until = ?, carried = ?, grants_seen = ?
                where organization = ? and closed_until = ?""", from, until, carried, grantsSeen, before.organization(), before.closedUntil());
    }

    void carry(Tx tx, OrganizationId organization, Money more) {
        tx.won("update billing_profiles set carried = carried + ? where organization = ?", more, organization);
    }

    private static BillingProfile read(Row row) {
        Long rate = row.numberOrNull("tax_rate");
        return new BillingProfile(
                new OrganizationId(row.uuid("organization")),
                row.flag("invoicing"),
                row.text("legal_name"),
                row.text("address"),
                row.text("country"),
                row.text("vat_id"),
                rate == null ? null : new TaxRate(rate),
                row.flag("reverse_charge"),
                row.numberOrNull("due_days"),
                row.instant("closed_until"),
                row.instant("previous_from"),
                row.money("carried"),
                row.money("grants_seen"));
    }
}
