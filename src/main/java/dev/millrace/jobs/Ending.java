package dev.millrace.jobs;

import dev.millrace.assets.AssetKind;
import dev.millrace.billing.Bill;
import dev.millrace.billing.Unpaid;
import dev.millrace.db.Tx;
import dev.millrace.jobs.JobRow.Course;
import dev.millrace.jobs.Outcome.Fetched;
import dev.millrace.limits.TokenUse;
import dev.millrace.moderation.Moderation;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.usage.Served;
import dev.millrace.usage.UsageStatus;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Settlement;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one commit that ends a job: its state, its money, its usage row, its outputs, its webhook, its slot. Whoever resolves
 * the hold has won the race to end it; everybody else finds it resolved and changes nothing.
 */
final class Ending {
    private static final Set<ProblemCode> OF_UPSTREAMS =
            EnumSet.of(ProblemCode.UPSTREAM_ERROR, ProblemCode.UPSTREAM_TIMEOUT, ProblemCode.UPSTREAM_UNKNOWN);

    private final JobParts parts;
    private final JobSignals listeners;
    private final Pace pace;
    private final Telling telling;
    private final KeptInputs inputs;
    private final Room room;

    Ending(JobParts parts, JobSignals listeners, Pace pace, Telling telling, Room room) {
        this.room = room;
        this.parts = parts;
        this.listeners = listeners;
        this.pace = pace;
        this.telling = telling;
        this.inputs = new KeptInputs(parts);
    }

    /**
     * Ends an open job; empty when it has ended already, and then nothing is written.
     *
     * @param job as it was read, with the moment when it started if it did
     */
    Optional<Job> write(Tx tx, Job job, Course course, Sealed content, Outcome outcome, Instant now) {
        return write(tx, job, course, content, outcome, now, false);
    }

    /** The same, and whether the job waited still for others of its organization to end. */
    Optional<Job> write(Tx tx, Job job, Course course, Sealed content, Outcome outcome, Instant now, boolean waited) {
        Instant end = now.isBefore(job.createdAt()) ? job.createdAt() : now;
        Optional<Money> charge = switch (outcome) {
            case Outcome.Completed done -> settle(tx, job, course, content, done, end);
            case Outcome.Failed failed -> {
                if (OF_UPSTREAMS.contains(failed.code())) {
                    parts.billing().attempted(tx, HoldId.of(job.id()), List.of(course.failed(failed.code(), end)));
                }
                yield released(
                        tx, job, course, UsageStatus.FAILED, failed.code().slug(), end);
            }
            case Outcome.Rejected rejected ->
                released(tx, job, course, UsageStatus.NSFW, Moderation.code(rejected.reason()), end);
            case Outcome.Canceled canceled -> released(tx, job, course, UsageStatus.CANCELED, "canceled", end);
        };
        return charge.map(money -> ended(tx, job, course, content, outcome, money, end, waited));
    }

    private Job ended(
            Tx tx, Job job, Course course, Sealed content, Outcome outcome, Money charge, Instant now, boolean waited) {
        Job bare = job.ended(outcome, charge, now);
        Optional<WebhookMessage> message = telling.end(bare, content);
        Job ended = bare.told(message.isPresent() ? WebhookStatus.PENDING : null);
        if (!JobStore.end(tx, ended, course, outcome instanceof Outcome.Failed failed && failed.exposed())) {
            throw new IllegalStateException("bug: the hold of job " + job.id() + " was open, and the job was not");
        }
        if (outcome instanceof Outcome.Completed done) {
            record(tx, ended, done.outputs());
        }
        if (namesFiles(job, content)) {
            inputs.release(tx, job.id());
        }
        parts.companions().forEach(companion -> companion.ended(tx, ended));
        room.giveBack(tx, job, waited);
        tokens(tx, job, content, outcome);
        message.ifPresent(text -> telling.send(tx, ended, content, text));
        if (outcome instanceof Outcome.Failed failed && failed.exposed()) {
            tx.afterCommit(parts.metrics().counter("millrace.jobs.exposed")::increment);
        }
        tx.afterCommit(() -> signal(ended));
        return ended;
    }

    /** A language job was counted by the most tokens that it might use. */
    private void tokens(Tx tx, Job job, Sealed content, Outcome outcome) {
        long counted = TokenUse.tokens(content.planned());
        if (content.text() != null && counted > 0) {
            long used = outcome instanceof Outcome.Completed done ? TokenUse.tokens(done.used()) : 0;
            tx.afterCommit(() ->
                    parts.tokens().settle(job.organization(), job.key(), job.model(), job.modality(), counted, used));
        }
    }

    /** Most jobs name no file, and need not be looked up for one. */
    private boolean namesFiles(Job job, Sealed content) {
        return parts.catalog()
                .find(job.model())
                .map(model -> parts.intake().files().any(model, content.parameters()))
                .orElse(true);
    }

    private Optional<Money> released(Tx tx, Job job, Course course, UsageStatus status, String error, Instant now) {
        Unpaid why = new Unpaid(
                course.provider(), job.modality(), job.dialect(), status, error, course.lost(), latency(job, now));
        return parts.billing().release(tx, HoldId.of(job.id()), why) ? Optional.of(Money.ZERO) : Optional.empty();
    }

    private static long latency(Job job, Instant now) {
        return Duration.between(job.createdAt(), now).toMillis();
    }

    private Optional<Money> settle(Tx tx, Job job, Course course, Sealed content, Outcome.Completed done, Instant now) {
        Bill bill = new Bill(
                job.key(),
                job.model(),
                job.priceVersion(),
                content.parameters(),
                done.used(),
                done.source(),
                course.provider(),
                job.modality(),
                job.dialect(),
                Money.ZERO,
                UsageStatus.COMPLETED,
                null,
                latency(job, now),
                null,
                new Served(course.upstreamModel(), served(job, now), course.upstreamId()));
        return parts.billing()
                .settle(tx, HoldId.of(job.id()), bill, course.lost())
                .map(Settlement::charge);
    }

    private static long served(Job job, Instant now) {
        Instant began = job.startedAt();
        return began == null
                ? latency(job, now)
                : Math.max(0, Duration.between(began, now).toMillis());
    }

    private void record(Tx tx, Job ended, List<Fetched> outputs) {
        for (Fetched fetched : outputs) {
            JobOutput output = fetched.output();
            var unused = parts.assets()
                    .record(
                            tx,
                            fetched.file(),
                            output.asset(),
                            ended.organization(),
                            AssetKind.OUTPUT,
                            output.fileName(),
                            ended.finishedOr(ended.createdAt()).plus(ended.retention()))
                    .orElseThrow(() -> new IllegalStateException("bug: an output's asset is there already"));
        }
    }

    private void signal(Job ended) {
        Instant started = ended.startedAt();
        if (ended.state() == JobState.COMPLETED && started != null) {
            pace.learn(ended.model(), Duration.between(started, ended.finishedOr(started)));
        }
        ProblemCode problem = ended.problem();
        parts.metrics()
                .counter(
                        "millrace.jobs.ended",
                        Tags.of("state", ended.state().wire(), "problem", problem == null ? "none" : problem.slug()))
                .increment();
        if (ended.reason() != null) {
            parts.metrics()
                    .counter("millrace.moderation.rejected", "code", ended.reason(), "model", ended.model())
                    .increment();
        }
        listeners.changed(ended.id());
    }
}
