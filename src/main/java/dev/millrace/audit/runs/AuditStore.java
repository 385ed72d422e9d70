package dev.millrace.audit.runs;

import dev.millrace.audit.CheckResult;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of {@code audit_runs}, {@code audit_results} and {@code audit_latest}. */
public final class AuditStore {
    private static final int KEEP = 200;
    private static final String RUN = "select id, scope, asked_by, started_at, took_ms, broken from audit_runs";

    void add(Tx tx, AuditRun run) {
        tx.update(
                "insert into audit_runs (id, scope, asked_by, started_at, took_ms, broken) values (?, ?, ?, ?, ?, ?)",
                run.id(),
                run.scope(),
                run.askedBy(),
                run.startedAt(),
                run.tookMs(),
                run.broken());
        for (CheckOutcome outcome : run.results()) {
            CheckResult result = outcome.result();
            String examples = Json.text(result.examples());
            tx.update(
                    "insert into audit_results (run, check_id, sentence, seen, broken, examples, took_ms)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    run.id(),
                    result.id(),
                    result.sentence(),
                    result.seen(),
                    result.broken(),
                    examples,
                    outcome.tookMs());
            latest(tx, run, outcome, examples);
        }
        tx.update("delete from audit_results where run in (select id from audit_runs order by started_at desc, id desc"
                + " limit 50 offset " + KEEP + ")");
        tx.update("delete from audit_runs where id in (select id from audit_runs order by started_at desc, id desc"
                + " limit 50 offset " + KEEP + ")");
    }

    /** An older run that ended later does not replace what a newer one found. */
    private static void latest(Tx tx, AuditRun run, CheckOutcome outcome, String examples) {
        CheckResult result = outcome.result();
        tx.update(
                """
                insert into audit_latest (check_id, run, sentence, seen, broken, examples, took_ms, at, since)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (check_id) do update set run = excluded.run, sentence = excluded.sentence, seen = excluded.seen,
                    broken = excluded.broken, examples = excluded.examples, took_ms = excluded.took_ms, at = excluded.at,
                    since = case when (audit_latest.broken > 0) = (excluded.broken > 0) then audit_latest.since
                        else excluded.since end
                where audit_latest.at <= excluded.at""",
                result.id(),
                run.id(),
                result.sentence(),
                result.seen(),
                result.broken(),
                examples,
                outcome.tookMs(),
                outcome.at(),
                outcome.at());
    }

    /** The latest result of each check that was ever made, by the name of the check. */
    public List<CheckOutcome> latest(Tx tx) {
        return tx.list(
                "select check_id, run, sentence, seen, broken, examples, took_ms, at, since from audit_latest"
                        + " order by check_id",
                row -> new CheckOutcome(
                        result(row), row.text("run"), row.number("took_ms"), row.instant("at"), row.instant("since")));
    }

    /** Runs, newest first, without their results. */
    public List<AuditRun> runs(Tx tx, int limit) {
        return tx.list(RUN + " order by started_at desc, id desc limit ?", row -> run(row, List.of()), limit);
    }

    /** The latest run of a scope. */
    public Optional<AuditRun> latest(Tx tx, Scope scope) {
        return tx.one(
                RUN + " where scope = ? order by started_at desc, id desc limit 1", row -> run(row, List.of()), scope);
    }

    /** A run with its results. */
    public Optional<AuditRun> find(Tx tx, String id) {
        Optional<AuditRun> found = tx.one(RUN + " where id = ?", row -> run(row, List.of()), id);
        return found.map(run -> new AuditRun(
                run.id(),
                run.scope(),
                run.askedBy(),
                run.startedAt(),
                run.tookMs(),
                run.broken(),
                tx.list(
                        "select check_id, sentence, seen, broken, examples, took_ms from audit_results where run = ?"
                                + " order by check_id",
                        row -> new CheckOutcome(
                                result(row), id, row.number("took_ms"), run.startedAt(), run.startedAt()),
                        id)));
    }

    private static AuditRun run(Row row, List<CheckOutcome> results) {
        return new AuditRun(
                row.text("id"),
                Scope.parse(row.text("scope")).orElseThrow(),
                row.text("asked_by"),
                row.instant("started_at"),
                row.number("took_ms"),
                row.number("broken"),
                results);
    }

    private static CheckResult result(Row row) {
        List<String> examples = new ArrayList<>();
        Json.readOwn(row.text("examples")).forEach(example -> examples.add(example.asString()));
        return new CheckResult(
                row.text("check_id"), row.text("sentence"), row.number("seen"), row.number("broken"), examples);
    }

    /** How far the transfers were verified; the epoch when they never were. */
    Instant verified(Tx tx) {
        return tx.one("select through from audit_watermark where name = 'transfers'", row -> row.instant("through"))
                .orElse(Instant.EPOCH);
    }
}
