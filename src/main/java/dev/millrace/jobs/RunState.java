package dev.millrace.jobs;

import dev.millrace.admission.FetchedInputs;
import dev.millrace.catalog.Model;
import dev.millrace.db.Tx;
import dev.millrace.db.TxWork;
import dev.millrace.jobs.JobRow.Course;
import dev.millrace.lease.Claim;
import dev.millrace.lease.LeaseLostException;
import dev.millrace.money.Money;
import dev.millrace.usage.Attempt;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is durable of a running job, and every write about it: each checks the claim's fence in its own transaction.
 *
 * <p>A job whose upstream takes repeated submissions for one is not written as running before it is submitted: when it
 * ends at once, its end is its only write. When it does not, {@link #markSoon} has it shown as running all the same.
 */
final class RunState {
    private static final Logger LOG = LoggerFactory.getLogger(RunState.class);
    private static final Duration SOON = Duration.ofMillis(100);

    private final JobParts parts;
    private final JobSignals listeners;
    private final Claim claim;
    private final JobRow row;
    private final Sealed content;
    private final Telling telling;
    private final boolean tellsProgress;
    private final Instant startedAt;
    private Course course;
    private boolean marked;
    private boolean over;
    private int written;

    RunState(JobRunner.Around around, Claim claim, JobRow row, Sealed content) {
        this.parts = around.parts();
        this.listeners = around.listeners();
        this.telling = around.telling();
        this.claim = claim;
        this.row = row;
        this.content = content;
        this.tellsProgress = telling.wantsProgress(row.job(), content);
        this.startedAt = row.job().startedAt() == null ? parts.now() : row.job().startedAt();
        this.course = row.course();
        this.marked = row.job().state() == JobState.RUNNING;
        this.written = row.job().progress();
    }

    Instant startedAt() {
        return startedAt;
    }

    synchronized Course course() {
        return course;
    }

    /** The upstream's id of this submission, when a callback has made it durable. */
    Optional<String> boundId() {
        return parts.database()
                .read(tx -> CallStore.find(tx, row.job().id()))
                .filter(now -> now.submission() == course().submission())
                .map(CallStore.Called::upstreamId);
    }

    /** Makes durable that the job runs, and where. */
    void mark(Course next) throws RunPause.Over {
        mark(next, List.of());
    }

    /** The same, and which call of an upstream served nothing before. */
    synchronized void mark(Course next, List<Attempt> before) throws RunPause.Over {
        boolean first = !marked;
        boolean open = write(tx -> {
            hold(tx);
            parts.billing().attempted(tx, HoldId.of(row.job().id()), before);
            return JobStore.running(tx, row.job().id(), next, startedAt, first);
        });
        if (!open) {
            throw new RunPause.Over(true);
        }
        course = next;
        marked = true;
        listeners.progressed(row.job().id());
    }

    /** Keeps what was fetched for the job until it ends. */
    void keep(Model model, FetchedInputs files) throws RunPause.Over {
        boolean open = write(tx -> {
            hold(tx);
            boolean runs = JobReadStore.state(tx, row.job().id())
                    .filter(now -> !now.terminal())
                    .isPresent();
            if (runs) {
                new KeptInputs(parts).keep(tx, row.job(), model, files, parts.now());
            }
            return runs;
        });
        if (!open) {
            throw new RunPause.Over(true);
        }
        files.kept();
        parts.signals().at(Checkpoint.INPUTS_KEPT);
    }

    /** The platform bears this much of what upstreams made for the job; durable with the next write of its course. */
    synchronized void lose(Money cost) {
        course = course.losing(cost);
    }

    /** Has the job shown as running, unless it ends before that is worth a write. */
    void markSoon() {
        if (!marked) {
            CompletableFuture.delayedExecutor(SOON.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                    .execute(this::markLate);
        }
    }

    private synchronized void markLate() {
        if (marked || over) {
            return;
        }
        try {
            mark(course);
        } catch (RuntimeException | RunPause.Over e) {
            LOG.debug("job {} is not shown as running: {}", row.job().id(), e.toString());
        }
    }

    /** Writes progress in passing, and tells it where that is wanted: nobody waits for it. */
    synchronized void progress(int percent) {
        if (percent <= written || over) {
            return;
        }
        Job running = row.job().running(startedAt, percent);
        var unused = parts.database()
                .writer()
                .submit(lane(), tx -> {
                    hold(tx);
                    return !JobStore.progress(tx, running.id(), percent)
                            || !tellsProgress
                            || telling.progress(tx, running, content);
                })
                .thenAccept(done -> wrote(done ? percent : 0));
    }

    /** What was written but could not be told yet counts as not written: the next look tries again. */
    private synchronized void wrote(int percent) {
        written = Math.max(written, percent);
    }

    /** Ends the job and its due work in one commit; empty when it had ended already, and then only the due work is done. */
    Optional<Job> end(Ending ending, Outcome outcome, int percent) {
        Course last = over();
        Job job = row.job().started(startedAt, percent);
        Instant now = parts.now();
        Optional<Job> ended = write(tx -> {
            tx.about(job.id());
            if (!parts.dueWork().finish(tx, claim)) {
                throw new LeaseLostException();
            }
            Optional<Job> written = ending.write(tx, job, last, content, outcome, now);
            if (written.isEmpty()) {
                JobStore.stopped(tx, job.id());
            }
            parts.signals().at(Checkpoint.FINISH_BEFORE_COMMIT);
            return written;
        });
        parts.signals().at(Checkpoint.FINISHED);
        return ended;
    }

    /** Finishes the due work of a job that has ended already. */
    void drop() {
        over();
        write(tx -> {
            JobStore.stopped(tx, row.job().id());
            return parts.dueWork().finish(tx, claim);
        });
    }

    /** Leaves the job as it is, in good order: its claim is given back with all of this node's, and it goes on elsewhere. */
    void leave() {
        over();
    }

    private synchronized Course over() {
        over = true;
        return course;
    }

    private void hold(Tx tx) {
        tx.about(row.job().id());
        if (!parts.dueWork().holds(tx, claim)) {
            throw new LeaseLostException();
        }
    }

    private <R> R write(TxWork<R> work) {
        return parts.database().writer().write(lane(), work);
    }

    private String lane() {
        return row.job().organization().text();
    }
}
