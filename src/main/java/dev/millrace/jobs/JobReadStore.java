package dev.millrace.jobs;

import dev.millrace.access.Environment;
import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.limits.JobCount;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads jobs. */
final class JobReadStore {
    private static final String SHOWN =
            "id, organization, key_id, dialect, model, modality, state, progress, created_at,"
                    + " started_at, finished_at, expires_at, deleted_at, retention_ms, hold, charge, price_version, problem,"
                    + " problem_detail, reason, priority, webhook_status";
    private static final String ALL =
            SHOWN + ", environment, provider, upstream_model, submission, intent, lost, upstream_id, sealed";

    private static final int FEW = 16;
    private static final int MOST_AT_ONCE = 512;

    private JobReadStore() {}

    /** The organization's job with its outputs. */
    static Optional<Job> find(Tx tx, OrganizationId organization, JobId id) {
        return tx.one(
                        "select " + SHOWN + " from jobs where id = ? and organization = ?",
                        row -> job(row, List.of()),
                        id,
                        organization)
                .map(job -> job.state() == JobState.COMPLETED ? withOutputs(tx, job) : job);
    }

    /** Everything about a job but its outputs. */
    static Optional<JobRow> load(Tx tx, JobId id) {
        return tx.one("select " + ALL + " from jobs where id = ?", JobReadStore::row, id);
    }

    /** The same about many jobs, those left out that are not there or can not be read. */
    static List<JobRow> load(Tx tx, List<JobId> ids) {
        List<JobRow> rows = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
            List<JobId> some = ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE));
            // Few lengths, and so few statements: what is missing is filled up with the last one.
            int length = some.size() == 1 ? 1 : some.size() <= FEW ? FEW : MOST_AT_ONCE;
            Object[] args = new Object[length];
            Arrays.setAll(args, i -> some.get(Math.min(i, some.size() - 1)));
            String marks = String.join(", ", Collections.nCopies(length, "?"));
            tx.list("select " + ALL + " from jobs where id in (" + marks + ")", JobReadStore::readable, args)
                    .forEach(row -> row.ifPresent(rows::add));
        }
        return rows;
    }

    private static Optional<JobRow> readable(Row row) {
        try {
            return Optional.of(row(row));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The state that a job is in; empty when there is no such job. */
    static Optional<JobState> state(Tx tx, JobId id) {
        return tx.one("select state from jobs where id = ?", row -> JobState.read(row.text("state")), id);
    }

    /** The organization's jobs that wait; found by their due work, so that finished jobs cost nothing. */
    static List<QueuedJob> queued(Tx tx, OrganizationId organization) {
        return tx.list(
                """
                select j.id, j.key_id from due_work d join jobs j on j.id = d.id
                where d.kind = ? and d.part = ? and d.owner is null and j.state = 'queued'
                """,
                row -> new QueuedJob(new JobId(row.uuid("id")), new KeyId(row.text("key_id"))),
                Jobs.KIND,
                organization);
    }

    /** Up to {@code max} parked jobs behind a place, in the order in which they are let go. */
    static List<ParkedJob> parked(Tx tx, OrganizationId organization, long priority, String id, int max) {
        return tx.list(
                """
                select d.id as id, d.priority as priority, j.key_id as key_id, j.model as model, j.modality as modality
                from due_work d join jobs j on j.id = d.id
                where d.kind = ? and d.part = ? and d.owner is null and d.rank is null and d.due_at = 9000000000000000
                and (d.priority, d.id) > (?, ?) order by d.priority, d.id limit ?
                """,
                row -> new ParkedJob(
                        row.text("id"),
                        row.number("priority"),
                        new KeyId(row.text("key_id")),
                        row.text("model"),
                        Modality.parse(row.text("modality")).orElseThrow()),
                Jobs.KIND,
                organization,
                priority,
                id,
                max);
    }

    /** Some of the organization's jobs that may run or do. */
    static List<ActiveJob> active(Tx tx, OrganizationId organization, int max) {
        return tx.list(
                "select key_id, model, modality, started_at from jobs where organization = ? and finished_at is null"
                        + " and waiting = 0 limit ?",
                row -> new ActiveJob(
                        new KeyId(row.text("key_id")),
                        row.text("model"),
                        Modality.parse(row.text("modality")).orElseThrow(),
                        row.instantOrNull("started_at")),
                organization,
                max);
    }

    /** How many open jobs of an organization there are of each kind. */
    static List<JobCount> counts(Tx tx, OrganizationId organization) {
        return tx.list(
                "select key_id, model, modality, waiting, count(*) as jobs from jobs"
                        + " where organization = ? and finished_at is null group by key_id, model, modality, waiting",
                row -> new JobCount(
                        new KeyId(row.text("key_id")),
                        row.text("model"),
                        Modality.parse(row.text("modality")).orElseThrow(),
                        row.flag("waiting"),
                        row.number("jobs")),
                organization);
    }

    /** Whether the customer wants it canceled. */
    static boolean cancelAsked(Tx tx, JobId id) {
        return tx.count("select count(*) from jobs where id = ? and cancel_asked = 1", id) > 0;
    }

    /** Jobs that ended while somebody ran them. */
    static List<JobId> stops(Tx tx, int max) {
        return tx.list("select job from job_stops limit ?", row -> new JobId(row.uuid("job")), max);
    }

    /** Up to {@code max} jobs behind a place, newest first, with their outputs. */
    static List<Job> list(Tx tx, OrganizationId organization, JobFilter filter, Keyset after, int max) {
        StringBuilder sql = new StringBuilder(
                "select " + SHOWN + " from jobs where organization = ? and (created_at, id) < (?, ?)");
        List<@Nullable Object> args = new ArrayList<>(List.of(organization, after.time(), after.id()));
        Set<JobState> states = filter.states();
        Modality modality = filter.modality();
        narrow(
                sql,
                args,
                "state",
                states == null ? null : states.stream().map(JobState::wire).toList());
        narrow(sql, args, "modality", modality == null ? null : List.of(modality.wire()));
        Set<String> models = filter.models();
        narrow(sql, args, "model", models == null ? null : List.copyOf(models));
        Instant since = filter.since();
        if (since != null) {
            sql.append(" and created_at >= ?");
            args.add(since);
        }
        sql.append(" order by created_at desc, id desc limit ?");
        args.add(max);
        return tx.list(sql.toString(), row -> job(row, List.of()), args.toArray()).stream()
                .map(job -> job.state() == JobState.COMPLETED ? withOutputs(tx, job) : job)
                .toList();
    }

    /** The models of the organization's latest jobs. */
    static List<String> models(Tx tx, OrganizationId organization, int latest) {
        return tx.list(
                "select distinct model from (select model from jobs where organization = ?"
                        + " order by created_at desc, id desc limit ?) latest",
                row -> row.text("model"),
                organization,
                latest);
    }

    private static void narrow(
            StringBuilder sql, List<@Nullable Object> args, String column, @Nullable List<String> values) {
        if (values != null) {
            String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
            sql.append(" and ").append(column).append(" in (").append(marks).append(")");
            args.addAll(values);
        }
    }

    private static Job withOutputs(Tx tx, Job job) {
        List<JobOutput> outputs = tx.list(
                "select position, asset, file_name, content_type, bytes, sha256, facts, erased_at from job_outputs where job = ?"
                        + " order by position",
                JobReadStore::output,
                job.id());
        return job.with(outputs);
    }

    private static JobOutput output(Row row) {
        return new JobOutput(
                Math.toIntExact(row.number("position")),
                new AssetId(row.uuid("asset")),
                row.text("file_name"),
                row.text("content_type"),
                row.number("bytes"),
                row.text("sha256"),
                Json.readOwnObject(row.text("facts")),
                row.instantOrNull("erased_at"));
    }

    private static JobRow row(Row row) {
        JobRow.Course course = new JobRow.Course(
                row.text("provider"),
                row.text("upstream_model"),
                Math.toIntExact(row.number("submission")),
                row.flag("intent"),
                row.money("lost"),
                row.textOrNull("upstream_id"));
        return new JobRow(
                job(row, List.of()),
                Environment.valueOf(row.text("environment").toUpperCase(Locale.ROOT)),
                course,
                row.bytesOrNull("sealed"));
    }

    private static Job job(Row row, List<JobOutput> outputs) {
        String problem = row.textOrNull("problem");
        String webhook = row.textOrNull("webhook_status");
        return new Job(
                new JobId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                new KeyId(row.text("key_id")),
                row.text("dialect"),
                row.text("model"),
                Modality.parse(row.text("modality")).orElseThrow(),
                JobState.read(row.text("state")),
                Math.toIntExact(row.number("progress")),
                row.instant("created_at"),
                row.instantOrNull("started_at"),
                row.instantOrNull("finished_at"),
                problem == null ? null : ProblemCode.valueOf(problem.toUpperCase(Locale.ROOT)),
                row.textOrNull("problem_detail"),
                row.textOrNull("reason"),
                row.money("hold"),
                row.numberOrNull("charge") == null ? null : row.money("charge"),
                row.text("price_version"),
                outputs,
                Duration.ofMillis(row.number("retention_ms")),
                row.instantOrNull("expires_at"),
                row.instantOrNull("deleted_at"),
                Priority.ofOrder(row.number("priority")),
                webhook == null ? null : WebhookStatus.valueOf(webhook.toUpperCase(Locale.ROOT)));
    }
}
