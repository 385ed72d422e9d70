package dev.millrace.reconcile;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code reconciliations} and {@code reconciliation_lines}. */
final class ReconciliationStore {
    private static final String COLUMNS = "id, provider, period, file_hash, tolerance, file_rows, matched, differing,"
            + " ours_only, theirs_only, ours_total, theirs_total, created_at, created_by";
    private static final String FIND = "select " + COLUMNS + " from reconciliations where ready = 1";
    private static final String LINES = "select number, verdict, basis, request, usage_id, model, day, ours_units,"
            + " theirs_units, ours, ours_source, theirs, booked_at from reconciliation_lines where reconciliation = ?";

    /** What was used at an upstream in a time; the cross join has SQLite begin with the wallets, whose index leads to the rows. */
    private static final String USED = """
            select u.id, coalesce(u.upstream_request, j.upstream_id, '') as request,
                coalesce(u.upstream_model, u.model) as model, u.created_at,
                u.input_token + u.output_token + u.image + u.track + u.video_second + u.audio_second as units,
                u.upstream_cost, u.charge
            from wallets w cross join usage_rows u left join jobs j on j.id = substr(u.id, 5) and u.id like 'job:%'
            where u.organization = w.organization and u.created_at >= ? and u.created_at < ? and u.provider = ?
            order by u.created_at, u.id""";

    List<OurUse> used(Tx tx, Period period, String provider) {
        return tx.list(
                USED,
                row -> new OurUse(
                        row.text("id"),
                        row.text("request"),
                        row.text("model"),
                        row.instant("created_at").toString().substring(0, 10),
                        row.number("units"),
                        row.money("upstream_cost"),
                        row.money("charge")),
                period.from(),
                period.until(),
                provider);
    }

    /** Requests of a time for which upstreams said that they ask more than was charged, by more than a tolerance; the dearest first. */
    List<UpstreamFinding> above(Tx tx, Instant from, Instant until, Money tolerance, int limit) {
        return tx.list(
                """
                select u.id, u.provider, u.model, coalesce(u.upstream_request, '') as request, u.charge, u.upstream_cost, u.created_at
                from wallets w cross join usage_rows u
                where u.organization = w.organization and u.created_at >= ? and u.created_at < ?
                    and u.upstream_cost - u.charge > ?
                order by u.upstream_cost - u.charge desc, u.id limit ?""",
                row -> new UpstreamFinding(
                        row.text("id"),
                        row.text("provider"),
                        row.text("model"),
                        row.text("request"),
                        row.money("charge"),
                        row.money("upstream_cost"),
                        row.instant("created_at")),
                from,
                until,
                tolerance,
                limit);
    }

    void add(Tx tx, Reconciliation made) {
        tx.update(
                "insert into reconciliations (" + COLUMNS
                        + ", ready) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                made.id(),
                made.provider(),
                made.period(),
                made.fileHash(),
                made.tolerance(),
                made.rows(),
                made.matched(),
                made.differing(),
                made.oursOnly(),
                made.theirsOnly(),
                made.oursTotal(),
                made.theirsTotal(),
                made.createdAt(),
                made.createdBy());
    }

    void add(Tx tx, String id, List<MatchedLine> lines) {
        for (MatchedLine line : lines) {
            tx.update(
                    """
                    insert into reconciliation_lines (reconciliation, number, verdict, basis, request, usage_id, model, day,
                        ours_units, theirs_units, ours, ours_source, theirs, difference)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    id,
                    line.number(),
                    line.verdict(),
                    line.basis(),
                    line.request(),
                    line.usageId(),
                    line.model(),
                    line.day(),
                    line.ourUnits(),
                    line.theirUnits(),
                    line.ours(),
                    line.source(),
                    line.theirs(),
                    line.difference());
        }
    }

    /** Shows it, now that all of its lines are written; false when the same file was shown meanwhile. */
    boolean ready(Tx tx, String id) {
        return tx.won("""
                update reconciliations set ready = 1 where id = ? and ready = 0 and not exists (
                    select 1 from reconciliations other where other.ready = 1 and other.provider = reconciliations.provider
                        and other.period = reconciliations.period and other.file_hash = reconciliations.file_hash)""", id);
    }

    Optional<Reconciliation> find(Tx tx, String provider, String period, String hash) {
        return tx.one(
                FIND + " and provider = ? and period = ? and file_hash = ?",
                ReconciliationStore::read,
                provider,
                period,
                hash);
    }

    Optional<Reconciliation> find(Tx tx, String id) {
        return tx.one(FIND + " and id = ?", ReconciliationStore::read, id);
    }

    List<Reconciliation> list(Tx tx, int limit) {
        return tx.list(FIND + " order by created_at desc, id desc limit ?", ReconciliationStore::read, limit);
    }

    /** Lines behind a number, in their order; an empty verdict is any. */
    List<MatchedLine> lines(Tx tx, String id, String verdict, long after, int limit) {
        return tx.list(
                LINES + " and number > ? and (? = '' or verdict = ?) order by number limit ?",
                ReconciliationStore::line,
                id,
                after,
                verdict,
                verdict,
                limit);
    }

    Optional<MatchedLine> line(Tx tx, String id, long number) {
        return tx.one(LINES + " and number = ?", ReconciliationStore::line, id, number);
    }

    /** Marks a line as booked; false when it is, or the upstream asks no more than was reckoned. */
    boolean book(Tx tx, String id, long number) {
        return tx.won("""
                update reconciliation_lines set booked_at = ? where reconciliation = ? and number = ? and booked_at is null
                    and difference > 0""", tx.now(), id, number);
    }

    private static Reconciliation read(Row row) {
        return new Reconciliation(
                row.text("id"),
                row.text("provider"),
                row.text("period"),
                row.text("file_hash"),
                row.money("tolerance"),
                row.number("file_rows"),
                row.number("matched"),
                row.number("differing"),
                row.number("ours_only"),
                row.number("theirs_only"),
                row.money("ours_total"),
                row.money("theirs_total"),
                row.instant("created_at"),
                row.text("created_by"));
    }

    private static MatchedLine line(Row row) {
        return new MatchedLine(
                row.number("number"),
                Verdict.parse(row.text("verdict")).orElseThrow(),
                row.text("basis"),
                row.text("request"),
                row.text("usage_id"),
                row.text("model"),
                row.text("day"),
                row.number("ours_units"),
                row.number("theirs_units"),
                row.money("ours"),
                row.text("ours_source"),
                row.money("theirs"),
                row.instantOrNull("booked_at"));
    }
}
