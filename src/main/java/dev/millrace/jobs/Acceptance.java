package dev.millrace.jobs;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Prompts;
import dev.millrace.db.CommitUnknownException;
import dev.millrace.db.Tx;
import dev.millrace.db.TxWork;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.idempotency.Start;
import dev.millrace.jobs.JobRow.Course;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.routing.Route;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes jobs: idempotency key, slot, hold, job and due work in one commit, after which no crash can lose it. */
final class Acceptance {
    private final JobParts parts;
    private final Ending ending;
    private final Runnable wake;
    private final KeptInputs inputs;
    private final Room room;

    Acceptance(JobParts parts, Ending ending, Room room, Runnable wake) {
        this.room = room;
        this.parts = parts;
        this.ending = ending;
        this.wake = wake;
        this.inputs = new KeptInputs(parts);
    }

    Accepted accept(AdmittedMedia admitted, @Nullable TextWork text, JobOptions options) {
        Job job = job(admitted, options);
        // The route is chosen now, so that the job never has to store it before it is submitted.
        Route route =
                parts.router().plan(admitted.model(), admitted.principal()).getFirst();
        Course course = Course.first(route.provider().name(), route.deployment().upstreamModel());
        Sealed content = new Sealed(
                admitted.parameters(),
                text,
                admitted.planned(),
                options.baseUrl(),
                options.webhook() == null
                        ? null
                        : options.webhook().signedWith(admitted.principal().keyHash()));
        byte[] sealed = content.seal(parts.seal(), job.id());
        Optional<String> broken = broken(admitted);
        Optional<String> earlier =
                written(job, tx -> write(tx, admitted, options, job, course, content, sealed, broken));
        parts.signals().at(Checkpoint.ACCEPTED);
        if (earlier.isPresent()) {
            return new Accepted(created(job.organization(), earlier.get()), true);
        }
        if (options.inputs() != null) {
            options.inputs().kept();
        }
        return new Accepted(
                broken.isPresent() ? created(job.organization(), job.id().text()) : job, false);
    }

    /** The rule of moderation that the request breaks. */
    private Optional<String> broken(AdmittedMedia admitted) {
        return parts.intake()
                .moderation()
                .verdict(
                        admitted.principal().organization(),
                        admitted.model().moderation(),
                        Prompts.of(admitted.parameters()));
    }

    /** A job whose input does not pass ends in the commit that takes it: no upstream sees it, nothing is charged. */
    private void reject(Tx tx, Job job, Course course, Sealed content, String rule, boolean waited) {
        var rejected = new Outcome.Rejected(rule);
        if (ending.write(tx, job, course, content, rejected, job.createdAt(), waited)
                .isEmpty()) {
            throw new IllegalStateException("bug: job " + job.id() + " has just been taken and was ended before");
        }
    }

    /** The job that an earlier request with this key made, if there was one. */
    Optional<Job> replay(IdempotencyRequest request) {
        OrganizationId organization = request.key().organization();
        Optional<String> earlier = parts.database().writer().write(organization.text(), tx -> {
            Start start = parts.idempotency().start(tx, request.key(), request.fingerprint(), Idempotency.JOB);
            if (start instanceof Start.Fresh) {
                parts.idempotency().forget(tx, request.key());
            }
            return start.replayed();
        });
        return earlier.map(id -> created(organization, id));
    }

    private Optional<String> written(Job job, TxWork<Optional<String>> work) {
        try {
            OrganizationId organization = job.organization();
            return parts.billing()
                    .reserves()
                    .insist(organization, () -> parts.database().writer().write(organization.text(), work));
        } catch (CommitUnknownException unknown) {
            // Only the database knows: either all of it is there or nothing is.
            if (parts.database().read(tx -> JobReadStore.state(tx, job.id())).isPresent()) {
                return Optional.empty();
            }
            throw Problem.of(ProblemCode.UNAVAILABLE, "The database went away; nothing was taken. Repeat the request.")
                    .withRetryAfter(Duration.ofSeconds(1))
                    .toException();
        }
    }

    private Optional<String> write(
            Tx tx,
            AdmittedMedia admitted,
            JobOptions options,
            Job job,
            Course course,
            Sealed content,
            byte[] sealed,
            Optional<String> broken) {
        tx.about(job.id());
        IdempotencyRequest idempotency = options.idempotency();
        if (idempotency != null) {
            Optional<String> earlier = parts.idempotency()
                    .start(tx, idempotency.key(), idempotency.fingerprint(), Idempotency.JOB)
                    .replayed();
            if (earlier.isPresent()) {
                return earlier;
            }
            parts.idempotency().done(tx, idempotency.key(), job.id().text());
        }
        boolean waits = room.take(tx, job);
        parts.billing().hold(tx, admitted.principal().spender(), HoldId.of(job.id()), admitted.quote());
        JobStore.insert(tx, job, admitted.principal().environment(), course, sealed, waits);
        parts.companions().forEach(companion -> companion.taken(tx, job, admitted));
        if (options.beside() != null) {
            options.beside().taken(tx, job, admitted);
        }
        if (options.inputs() != null) {
            inputs.keep(tx, job, admitted.model(), options.inputs(), job.createdAt());
        }
        broken.ifPresentOrElse(rule -> reject(tx, job, course, content, rule, waits), () -> queue(tx, job, waits));
        parts.signals().at(Checkpoint.ACCEPT_BEFORE_COMMIT);
        return Optional.empty();
    }

    private void queue(Tx tx, Job job, boolean waits) {
        String part = job.organization().text();
        int order = job.priority().order();
        if (waits) {
            parts.dueWork().park(tx, Jobs.KIND, job.id().text(), part, order);
        } else {
            parts.dueWork().add(tx, Jobs.KIND, job.id().text(), part, tx.now(), order);
            tx.afterCommit(wake);
        }
    }

    private Job created(OrganizationId organization, String id) {
        return JobId.parse(id)
                .flatMap(job -> parts.database().read(tx -> JobReadStore.find(tx, organization, job)))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.GONE, "The job that this idempotency key made is not kept any more."));
    }

    private Job job(AdmittedMedia admitted, JobOptions options) {
        Duration retention = options.retention() == null
                ? parts.usualRetention(admitted.principal().organization(), admitted.model())
                : options.retention();
        return new Job(
                parts.ids().job(),
                admitted.principal().organization(),
                admitted.principal().key(),
                options.dialect(),
                admitted.model().id(),
                admitted.model().modality(),
                JobState.QUEUED,
                0,
                parts.now(),
                null,
                null,
                null,
                null,
                null,
                admitted.quote().max(),
                null,
                admitted.quote().priceVersion(),
                List.of(),
                retention,
                null,
                null,
                options.priority(),
                options.webhook() == null ? null : WebhookStatus.PENDING);
    }
}
