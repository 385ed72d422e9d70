package dev.millrace.payments;

import dev.millrace.access.Suspendable;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.util.List;
import java.util.Optional;

/** The rows of {@code auto_topups}. */
final class AutoTopUpStore {
    Optional<AutoTopUp> find(Tx tx, OrganizationId organization) {
        return tx.one("select * from auto_topups where organization = ?", AutoTopUpStore::read, organization);
    }

    /** Sets what it does, and takes back that it was stopped. */
    void set(Tx tx, OrganizationId organization, boolean enabled, Money threshold, Money amount, Money ceiling) {
        tx.update("""
                insert into auto_topups (organization, enabled, threshold, amount, ceiling, updated_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (organization) do update set enabled = excluded.enabled, threshold = excluded.threshold,
                    amount = excluded.amount, ceiling = excluded.ceiling, failures = 0, stopped = null,
                    updated_at = excluded.updated_at""", organization, enabled, threshold, amount, ceiling, tx.now());
    }

    /** Keeps the card of a payment; an organization that has set nothing has it kept, and switched off. */
    void card(Tx tx, OrganizationId organization, String customer, String method, Money otherwise) {
        tx.update("""
                insert into auto_topups (organization, enabled, threshold, amount, ceiling, customer, method, updated_at)
                values (?, 0, 0, ?, 0, ?, ?, ?)
                on conflict (organization) do update set customer = excluded.customer, method = excluded.method,
                    updated_at = excluded.updated_at""", organization, otherwise, customer, method, tx.now());
    }

    /** Forgets the card, and switches off. */
    boolean forget(Tx tx, OrganizationId organization) {
        return tx.won(
                "update auto_topups set customer = null, method = null, enabled = 0, updated_at = ? where organization = ?",
                tx.now(),
                organization);
    }

    void succeeded(Tx tx, OrganizationId organization) {
        tx.won("update auto_topups set failures = 0 where organization = ?", organization);
    }

    /** Counts a failure in, and says how many in a row there are. */
    long failed(Tx tx, OrganizationId organization) {
        tx.won("update auto_topups set failures = failures + 1 where organization = ?", organization);
        return find(tx, organization).map(AutoTopUp::failures).orElse(0L);
    }

    boolean stop(Tx tx, OrganizationId organization, String why) {
        return tx.won(
                "update auto_topups set enabled = 0, stopped = ?, updated_at = ? where organization = ? and enabled = 1",
                why,
                tx.now(),
                organization);
    }

    boolean watched(Tx tx, OrganizationId organization) {
        return tx.count("select count(*) from auto_topups where organization = ? and enabled = 1", organization) > 0;
    }

    /** Whether the organization is suspended: then its card is left alone. */
    boolean suspended(Tx tx, OrganizationId organization) {
        return tx.count(
                        "select count(*) from suspensions where subject = ?",
                        new Suspendable.OfOrganization(organization).subject())
                > 0;
    }

    /** Who is below the threshold and has nothing under way. */
    List<OrganizationId> below(Tx tx, int max) {
        return tx.list("""
                select a.organization from auto_topups a join wallets w on w.organization = a.organization
                where a.enabled = 1 and a.method is not null and w.available < a.threshold
                    and not exists (select 1 from card_topups t where t.organization = a.organization
                        and t.kind = 'automatic' and t.state = 'pending')
                    and not exists (select 1 from suspensions s where s.subject = 'organization:' || a.organization)
                order by a.organization limit ?""", row -> new OrganizationId(row.uuid("organization")), max);
    }

    private static AutoTopUp read(Row row) {
        return new AutoTopUp(
                new OrganizationId(row.uuid("organization")),
                row.flag("enabled"),
                row.money("threshold"),
                row.money("amount"),
                row.money("ceiling"),
                row.textOrNull("customer"),
                row.textOrNull("method"),
                row.number("failures"),
                row.textOrNull("stopped"));
    }
}
