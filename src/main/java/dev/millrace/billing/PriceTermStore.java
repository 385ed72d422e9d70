package dev.millrace.billing;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import java.util.List;

/** The rows of {@code price_terms}. */
final class PriceTermStore {
    void set(Tx tx, PriceTerm term) {
        tx.update(
                "insert into price_terms (subject, scope, kind, value, updated_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (subject, scope, kind) do update set value = excluded.value,"
                        + " updated_at = excluded.updated_at",
                term.subject(),
                term.scope(),
                term.kind().wire(),
                term.value(),
                tx.now());
    }

    boolean remove(Tx tx, PriceTerm.Kind kind, String subject, String scope) {
        return tx.won(
                "delete from price_terms where subject = ? and scope = ? and kind = ?", subject, scope, kind.wire());
    }

    List<PriceTerm> all(Tx tx) {
        return tx.list(
                "select subject, scope, kind, value from price_terms order by subject, scope, kind",
                PriceTermStore::read);
    }

    List<PriceTerm> of(Tx tx, String subject) {
        return tx.list(
                "select subject, scope, kind, value from price_terms where subject = ?", PriceTermStore::read, subject);
    }

    private static PriceTerm read(Row row) {
        return new PriceTerm(
                PriceTerm.Kind.of(row.text("kind")), row.text("subject"), row.text("scope"), row.number("value"));
    }
}
