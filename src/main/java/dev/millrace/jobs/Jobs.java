package dev.millrace.jobs;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.AdmittedText;
import dev.millrace.catalog.Model;
import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.JobCounts;
import dev.millrace.limits.JobLimits;
import dev.millrace.limits.TokenUse;
import dev.millrace.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every durable request of this installation: takes them, runs them, shows them, cancels and deletes them. */
public final class Jobs implements AutoCloseable {
    /** The kind of their due work. */
    static final String KIND = "job";

    private final JobParts parts;
    private final JobSignals listeners = new JobSignals();
    private final Pace pace;
    private final Watching watching;
    private final Acceptance acceptance;
    private final Cancellation cancellation;
    private final JobService service;
    private final Erasure erasure;
    private final Callbacks callbacks;

    public Jobs(JobParts parts) {
        this.parts = parts;
        this.erasure = new Erasure(parts);
        this.pace = new Pace(parts.database());
        this.watching = new Watching(parts, listeners, pace);
        Telling telling = new Telling(parts);
        Room room = new Room(parts, pace);
        parts.webhooks().listen(Telling::delivered);
        Upstreams upstreams = new Upstreams(parts);
        Ending ending = new Ending(parts, listeners, pace, telling, room);
        CallInbox.Open inboxes = new CallInbox.Open();
        this.callbacks = new Callbacks(parts, listeners, inboxes);
        this.service = new JobService(
                parts,
                listeners,
                inboxes,
                pace,
                new JobRunner(
                        new JobRunner.Around(parts, listeners, inboxes, pace, watching, ending, telling), upstreams),
                room);
        this.acceptance = new Acceptance(parts, ending, room, service::wake);
        this.cancellation = new Cancellation(parts, ending, upstreams);
    }

    /** Takes what upstreams tell of their own accord; also while nothing runs here. */
    public Callbacks callbacks() {
        return callbacks;
    }

    /** Begins to run what is due, and takes up what a crash left. */
    public void start() {
        service.start();
    }

    /** Stops running: what waits for an upstream is given back at once, the rest may finish within the time set. */
    @Override
    public void close() {
        service.close();
    }

    /**
     * Takes a job: its hold, its row and its idempotency key are durable when this returns.
     *
     * @throws ProblemException {@code INSUFFICIENT_FUNDS}, {@code QUOTE_NOT_USABLE}, {@code CONCURRENCY_REACHED}, {@code
     *     NO_CAPACITY}, {@code IDEMPOTENCY_MISMATCH}, {@code IDEMPOTENCY_IN_USE}, {@code UNAVAILABLE}; nothing was taken then
     */
    public Accepted accept(AdmittedMedia admitted, JobOptions options) {
        return acceptance.accept(admitted, null, options);
    }

    /**
     * Takes a language request as a job: its conversation is kept sealed until it ends, its answer is an output.
     *
     * @throws ProblemException as {@link #accept(AdmittedMedia, JobOptions)}
     */
    public Accepted accept(AdmittedText admitted, JobOptions options) {
        AdmittedMedia work = new AdmittedMedia(
                admitted.principal(),
                admitted.dialect(),
                admitted.model(),
                admitted.parameters(),
                admitted.planned(),
                admitted.quote(),
                admitted.rate());
        boolean counts = false;
        try {
            Accepted accepted = acceptance.accept(
                    work, new TextWork(admitted.dialogue(), admitted.maxOutputTokens(), admitted.seed()), options);
            counts = !accepted.replayed();
            return accepted;
        } finally {
            if (!counts) {
                parts.tokens()
                        .settle(
                                admitted.principal().organization(),
                                admitted.principal().key(),
                                admitted.model().id(),
                                admitted.model().modality(),
                                TokenUse.tokens(admitted.planned()),
                                0);
            }
        }
    }

    /**
     * The job that an earlier request with this key made. To be asked before a request is admitted: prices, quotes and
     * models may have changed since, and the answer must not.
     *
     * @throws ProblemException {@code IDEMPOTENCY_MISMATCH}, {@code IDEMPOTENCY_IN_USE}, or {@code GONE} when the job is not
     *     kept any more
     */
    public Optional<Job> replay(IdempotencyRequest request) {
        return acceptance.replay(request);
    }

    /** The organization's job; empty for another's as for none. */
    public Optional<Job> find(OrganizationId organization, JobId id) {
        return watching.find(organization, id);
    }

    /**
     * The organization's jobs, newest first.
     *
     * @param cursor the {@code next} of the page before; null for the first page
     * @throws ProblemException {@code INVALID_PARAMETER} when the cursor is not one of ours
     */
    public JobPage list(OrganizationId organization, JobFilter filter, @Nullable String cursor, int limit) {
        Keyset after = Keyset.of(cursor);
        List<Job> found = parts.database().read(tx -> JobReadStore.list(tx, organization, filter, after, limit + 1));
        if (found.size() <= limit) {
            return new JobPage(found.stream().map(watching::fresh).toList(), null);
        }
        Job last = found.get(limit - 1);
        List<Job> shown = found.subList(0, limit).stream().map(watching::fresh).toList();
        return new JobPage(shown, new Keyset(last.createdAt(), last.id().text()).cursor());
    }

    /** The models of the organization's latest jobs, each once, in no order. */
    public List<String> models(OrganizationId organization, int latest) {
        return parts.database().read(tx -> JobReadStore.models(tx, organization, latest));
    }

    public CancelOutcome cancel(OrganizationId organization, JobId id, CancelRule rule) {
        return cancellation.cancel(organization, id, rule);
    }

    /**
     * Cancels and releases every job of the organization that no worker has taken up, where its key is one of those.
     *
     * @param between called before each job; may throw, and the rest is left then
     * @return how many were canceled
     */
    public int cancelQueued(OrganizationId organization, Predicate<KeyId> keys, Runnable between) {
        return cancellation.cancelQueued(organization, keys, between);
    }

    /**
     * The job once it has ended, or as it stands when the time is over.
     *
     * @throws ProblemException {@code NOT_FOUND}
     */
    public Job await(OrganizationId organization, JobId id, Duration max) throws InterruptedException {
        return watching.await(organization, id, max);
    }

    /**
     * Watches a job from where it stands; to be closed.
     *
     * @throws ProblemException {@code NOT_FOUND}
     */
    public JobWatch watch(OrganizationId organization, JobId id) {
        return watching.watch(organization, id, null);
    }

    /**
     * Watches a job behind an event that was told before, on this node or another: no state is left out, and nothing told twice.
     *
     * @param lastEventId what {@code Last-Event-ID} says; null, or what is no id of ours, means from where it stands
     * @throws ProblemException {@code NOT_FOUND}
     */
    public JobWatch watch(OrganizationId organization, JobId id, @Nullable String lastEventId) {
        return watching.watch(organization, id, lastEventId);
    }

    /** How long an organization has its outputs kept, where it has set that; a request's own wish goes before it. */
    public Optional<Duration> ownRetention(OrganizationId organization) {
        return parts.assets().retentions().of(organization);
    }

    /** How long outputs of a model are kept for an organization where the request does not say it. */
    public Duration usualRetention(OrganizationId organization, Model model) {
        return parts.usualRetention(organization, model);
    }

    /** How many jobs the organization may have at once. */
    public JobLimits limits(OrganizationId organization) {
        return parts.database().read(tx -> parts.slots().limits(tx, organization));
    }

    /** How many of its jobs are queued or running. */
    public long open(OrganizationId organization) {
        return parts.database().<Long>read(tx -> parts.slots().open(tx, organization));
    }

    /** Counts the open jobs of organizations, for whoever shows limits. */
    public static JobCounts counts() {
        return JobReadStore::counts;
    }

    /** How long half of a model's jobs take at most, learnt from real runs; empty before the first. */
    public Optional<Duration> typicalDuration(String model) {
        return pace.typical(model);
    }

    /** How long nine in ten of a model's jobs take at most, learnt from real runs; empty before the first. */
    public Optional<Duration> nearlyLongest(String model) {
        return pace.nearlyLongest(model);
    }

    /**
     * Erases outputs and content of an ended job; what it cost stays in the books. A repeat is a no-op.
     *
     * @return the job without its outputs
     * @throws ProblemException {@code NOT_FOUND}, or {@code NOT_FINISHED} while it is open
     */
    public Job delete(OrganizationId organization, JobId id) {
        erasure.job(organization, id);
        return watching.existing(organization, id);
    }

    /**
     * Erases one output of a completed job; the others stay. A repeat is a no-op.
     *
     * @param index counts the outputs from 0
     * @return the job, whose output says that it is gone
     * @throws ProblemException {@code NOT_FOUND}, or {@code NOT_FINISHED} while it is open
     */
    public Job deleteOutput(OrganizationId organization, JobId id, int index) {
        erasure.output(organization, id, index);
        return watching.existing(organization, id);
    }

    /**
     * Has all outputs, uploads and content of an organization erased that are there now; the books stay whole. It is done in the
     * background, goes on after a crash, and waits for jobs that are open.
     */
    public void eraseAll(OrganizationId organization) {
        parts.database()
                .writer()
                .write(organization.text(), tx -> eraseAll(tx, parts.dueWork(), organization, parts.now()));
        service.wakeEraser();
    }

    /** The same within a transaction, where no jobs are run: a node does it as soon as one runs. */
    public static boolean eraseAll(Tx tx, DueWork dueWork, OrganizationId organization, Instant now) {
        return Erasure.everything(tx, dueWork, organization, now);
    }

    /** When it was asked to erase everything of an organization; empty when that is done, or nobody asked. */
    public Optional<Instant> erasing(OrganizationId organization) {
        return erasure.pending(organization);
    }
}
