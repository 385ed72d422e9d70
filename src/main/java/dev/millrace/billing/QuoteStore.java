package dev.millrace.billing;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.QuoteId;
import dev.millrace.money.Money;
import dev.millrace.wallet.HoldId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code quotes}. */
final class QuoteStore {
    /** A binding quote as it stands. */
    record Stored(
            QuoteId id,
            OrganizationId organization,
            KeyId key,
            String model,
            String priceVersion,
            Money max,
            Money expected,
            Instant expiresAt,
            @Nullable String usedBy) {}

    void add(Tx tx, Stored quote) {
        tx.update(
                """
                insert into quotes (id, organization, key_id, model, price_version, max, expected, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                quote.id(),
                quote.organization(),
                quote.key(),
                quote.model(),
                quote.priceVersion(),
                quote.max(),
                quote.expected(),
                quote.expiresAt());
    }

    Optional<Stored> find(Tx tx, QuoteId id) {
        return tx.one("select * from quotes where id = ?", QuoteStore::read, id);
    }

    /** Uses the quote for one hold, once; true also when it was used for the same hold before. */
    boolean use(Tx tx, QuoteId id, OrganizationId organization, HoldId hold) {
        return tx.won("""
                update quotes set used_by = ? where id = ? and organization = ?
                    and ((used_by is null and expires_at > ?) or used_by = ?)""", hold, id, organization, tx.now(), hold);
    }

    int prune(Tx tx, Instant expiredBefore, int max) {
        return tx.update(
                "delete from quotes where id in (select id from quotes where expires_at < ? order by expires_at limit ?)",
                expiredBefore,
                max);
    }

    private static Stored read(Row row) {
        return new Stored(
                new QuoteId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                new KeyId(row.text("key_id")),
                row.text("model"),
                row.text("price_version"),
                row.money("max"),
                row.money("expected"),
                row.instant("expires_at"),
                row.textOrNull("used_by"));
    }
}
