package dev.millrace.billing;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rows of {@code codes}, {@code code_uses} and {@code code_tries}. */
final class CodeStore {
    private static final String SELECT = "select * from codes";

    void add(Tx tx, Code code, byte[] hash) {
        tx.update(
                """
                insert into codes (id, hash, amount, uses_max, redeem_until, lasts, created_at)
                values (?, ?, ?, ?, ?, ?, ?)""",
                code.id(),
                hash,
                code.amount(),
                code.usesMax(),
                code.redeemUntil(),
                code.lasts().toNanos() / 1_000,
                code.createdAt());
    }

    Optional<Code> find(Tx tx, byte[] hash) {
        return tx.one(SELECT + " where hash = ?", CodeStore::read, hash);
    }

    List<Code> latest(Tx tx, int limit) {
        return tx.list(SELECT + " order by created_at desc, id limit ?", CodeStore::read, limit);
    }

    boolean end(Tx tx, String id) {
        return tx.won("update codes set ended = 1 where id = ? and ended = 0", id);
    }

    /** Counts one use; false when it can not be redeemed any more. */
    boolean use(Tx tx, Code code) {
        return tx.won(
                "update codes set used = used + 1 where id = ? and used < uses_max and ended = 0 and redeem_until > ?",
                code.id(),
                tx.now());
    }

    /** Notes who redeems it; false when that one did before. */
    boolean useBy(Tx tx, Code code, OrganizationId organization) {
        return tx.won(
                "insert into code_uses (code, organization, at) values (?, ?, ?) on conflict (code, organization) do nothing",
                code.id(),
                organization,
                tx.now());
    }

    /** Counts one try; says how many there were in this hour. */
    long tries(Tx tx, OrganizationId organization, long hour) {
        return tx.one("""
                        insert into code_tries (organization, hour, tries) values (?, ?, 1)
                        on conflict (organization) do update set
                            tries = case when code_tries.hour = excluded.hour then code_tries.tries + 1 else 1 end,
                            hour = excluded.hour
                        returning tries""", row -> row.number("tries"), organization, hour).orElseThrow();
    }

    private static Code read(Row row) {
        return new Code(
                row.text("id"),
                row.money("amount"),
                row.number("uses_max"),
                row.number("used"),
                row.instant("redeem_until"),
                Duration.of(row.number("lasts"), ChronoUnit.MICROS),
                row.flag("ended"),
                row.instant("created_at"));
    }
}
