package dev.millrace.jobs;

import dev.millrace.access.Environment;
import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.jobs.JobRow.Course;
import dev.millrace.json.Json;
import java.time.Instant;
import java.util.List;

/**
 * Writes jobs. Each change of state is one conditional update, with its row of history; the history's number of a state is
 * fixed (queued 0, running 1, terminal 2), so that its primary key alone keeps a job from ending twice.
 */
final class JobStore {
    private static final String OPEN = " where id = ? and state in ('queued', 'running')";
    private static final int RUNNING = 1;
    private static final int TERMINAL = 2;

    private JobStore() {}

    static void insert(Tx tx, Job job, Environment environment, Course course, byte[] sealed, boolean waiting) {
        tx.later(
                "insert into jobs (id, organization, key_id, environment, dialect, model, modality, state, progress,"
                        + " created_at, retention_ms, hold, price_version, provider, upstream_model, submission, intent,"
                        + " exposed, sealed, priority, webhook_status, waiting)"
                        + " values (?, ?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, ?, ?, ?, ?, 1, 0, 0, ?, ?, ?, ?)",
                job.id(),
                job.organization(),
                job.key(),
                environment,
                job.dialect(),
                job.model(),
                job.modality(),
                job.createdAt(),
                job.retention().toMillis(),
                job.hold(),
                job.priceVersion(),
                course.provider(),
                course.upstreamModel(),
                sealed,
                job.priority().order(),
                job.webhookStatus(),
                waiting);
        tx.later(
                "insert into job_events (job, number, state, at) values (?, 0, 'queued', ?)",
                job.id(),
                job.createdAt());
    }

    /** Notes that it no longer waits. */
    static void active(Tx tx, String id) {
        tx.won("update jobs set waiting = 0 where id = ?", id);
    }

    /**
     * Makes where it runs durable, and that it runs; false when the job has ended.
     *
     * @param first whether that it runs may not be in its history yet
     */
    static boolean running(Tx tx, JobId id, Course course, Instant startedAt, boolean first) {
        boolean open = tx.wonLater(
                "update jobs set state = 'running', started_at = coalesce(started_at, ?), provider = ?,"
                        + " upstream_model = ?, submission = ?, intent = ?, lost = ?, upstream_id = ?" + OPEN,
                startedAt,
                course.provider(),
                course.upstreamModel(),
                course.submission(),
                course.intent(),
                course.lost(),
                course.upstreamId(),
                id);
        if (open && first) {
            tx.later(
                    "insert into job_events (job, number, state, at) values (?, ?, 'running', ?)"
                            + " on conflict (job, number) do nothing",
                    id,
                    RUNNING,
                    startedAt);
        }
        return open;
    }

    /** Notes that the customer wants it canceled; false when it does not run. */
    static boolean askCancel(Tx tx, JobId id) {
        return tx.won("update jobs set cancel_asked = 1" + OPEN, id);
    }

    /** Leaves word for whoever runs a job that it has ended. */
    static void stop(Tx tx, JobId id) {
        tx.update("insert into job_stops (job) values (?) on conflict (job) do nothing", id);
    }

    static void stopped(Tx tx, JobId id) {
        tx.update("delete from job_stops where job = ?", id);
    }

    /** Raises the progress of a running job; false when it does not run. */
    static boolean progress(Tx tx, JobId id, int percent) {
        return tx.won(
                "update jobs set progress = ? where id = ? and state = 'running' and progress <= ?",
                percent,
                id,
                percent);
    }

    /** Notes how telling its end has ended. */
    static void told(Tx tx, JobId id, WebhookStatus status) {
        tx.won("update jobs set webhook_status = ? where id = ? and webhook_status is not null", status, id);
    }

    /** Ends the job as it says, and erases its content; false when it has ended already. */
    static boolean end(Tx tx, Job ended, Course course, boolean exposed) {
        boolean open = tx.wonLater(
                "update jobs set state = ?, progress = ?, started_at = coalesce(started_at, ?), finished_at = ?,"
                        + " expires_at = ?, charge = ?, problem = ?, problem_detail = ?, reason = ?, provider = ?,"
                        + " upstream_model = ?, submission = ?, intent = ?, lost = ?, upstream_id = ?, exposed = ?,"
                        + " webhook_status = ?, sealed = null" + OPEN,
                ended.state(),
                ended.progress(),
                ended.startedAt(),
                ended.finishedAt(),
                ended.expiresAt(),
                ended.charge(),
                ended.problem(),
                ended.problemDetail(),
                ended.reason(),
                course.provider(),
                course.upstreamModel(),
                course.submission(),
                course.intent(),
                course.lost(),
                course.upstreamId(),
                exposed,
                ended.webhookStatus(),
                ended.id());
        if (open) {
            history(tx, ended);
            outputs(tx, ended.id(), ended.outputs());
        }
        return open;
    }

    private static void history(Tx tx, Job ended) {
        if (ended.startedAt() == null) {
            tx.later(
                    "insert into job_events (job, number, state, at) values (?, ?, ?, ?)",
                    ended.id(),
                    TERMINAL,
                    ended.state(),
                    ended.finishedAt());
        } else {
            // A job that ends at once was never written as running before.
            tx.later(
                    "insert into job_events (job, number, state, at) values (?, ?, 'running', ?), (?, ?, ?, ?)"
                            + " on conflict (job, number) do nothing",
                    ended.id(),
                    RUNNING,
                    ended.startedAt(),
                    ended.id(),
                    TERMINAL,
                    ended.state(),
                    ended.finishedAt());
        }
    }

    private static void outputs(Tx tx, JobId job, List<JobOutput> outputs) {
        for (JobOutput output : outputs) {
            tx.later(
                    "insert into job_outputs (job, position, asset, file_name, content_type, bytes, sha256, facts)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                    job,
                    output.index(),
                    output.asset(),
                    output.fileName(),
                    output.contentType(),
                    output.bytes(),
                    output.sha256(),
                    Json.text(output.facts()));
        }
    }

    /** Notes that the content of an ended job is gone; false when it was noted before, or the job is open. */
    static boolean erase(Tx tx, JobId id, Instant now) {
        boolean first = tx.won(
                "update jobs set deleted_at = ? where id = ? and deleted_at is null"
                        + " and state in ('completed', 'failed', 'nsfw', 'canceled')",
                now,
                id);
        if (first) {
            tx.update("delete from job_outputs where job = ?", id);
        }
        return first;
    }

    /** Notes that one output is erased; false when it was noted before. */
    static boolean eraseOutput(Tx tx, JobId id, int position, Instant now) {
        return tx.won(
                "update job_outputs set erased_at = ? where job = ? and position = ? and erased_at is null",
                now,
                id,
                position);
    }

    /** Deletes the rows of up to {@code max} jobs that ended before then, and says how many. */
    static int prune(Tx tx, Instant endedBefore, int max) {
        List<String> old = tx.list(
                "select id from jobs where finished_at is not null and finished_at < ? order by finished_at limit ?",
                row -> row.text("id"),
                endedBefore,
                max);
        for (String id : old) {
            tx.update("delete from job_outputs where job = ?", id);
            tx.update("delete from job_events where job = ?", id);
            tx.update("delete from job_inputs where job = ?", id);
            tx.update("delete from jobs where id = ?", id);
        }
        return old.size();
    }
}
