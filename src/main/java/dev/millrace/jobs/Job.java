package dev.millrace.jobs;

import dev.millrace.assets.Erased;
import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.moderation.Moderation;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One accepted media request as it stands: all that a dialect shows of it, and no content.
 *
 * @param key the API key that asked for it
 * @param dialect the dialect that took it, which also renders its webhook
 * @param progress percent: 0 while queued, 100 when completed
 * @param problem what ended it; null unless it failed, was rejected or was canceled for a reason
 * @param problemDetail may be shown to the customer
 * @param reason why it was rejected, as a code: {@code input_moderation}, {@code output_moderation}, or that of the rule, as
 *     {@code violence}; null unless the state is {@link JobState#NSFW}. Never a word of what was asked or made
 * @param charge what it cost; null until it has ended, zero unless it completed
 * @param priceVersion the prices that it was accepted under
 * @param outputs empty unless it completed, and again after deletion
 * @param expiresAt when its outputs are removed; null until it has ended
 * @param deletedAt when its content was erased on demand; null when it was not
 * @param priority among the organization's own jobs
 * @param webhookStatus how far telling its end has come; null when nobody is to be told
 */
public record Job(
        JobId id,
        OrganizationId organization,
        KeyId key,
        String dialect,
        String model,
        Modality modality,
        JobState state,
        int progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable ProblemCode problem,
        @Nullable String problemDetail,
        @Nullable String reason,
        Money hold,
        @Nullable Money charge,
        String priceVersion,
        List<JobOutput> outputs,
        Duration retention,
        @Nullable Instant expiresAt,
        @Nullable Instant deletedAt,
        Priority priority,
        @Nullable WebhookStatus webhookStatus) {
    public Job {
        outputs = List.copyOf(outputs);
    }

    /** This job as it stands once the outcome is written. */
    Job ended(Outcome outcome, Money charged, Instant now) {
        return switch (outcome) {
            case Outcome.Completed done ->
                ended(
                        JobState.COMPLETED,
                        null,
                        null,
                        null,
                        charged,
                        done.outputs().stream().map(Outcome.Fetched::output).toList(),
                        now);
            case Outcome.Failed failed ->
                ended(JobState.FAILED, failed.code(), failed.detail(), null, charged, List.of(), now);
            case Outcome.Rejected rejected ->
                ended(
                        JobState.NSFW,
                        ProblemCode.CONTENT_REJECTED,
                        "The input or the output did not pass moderation (" + Moderation.code(rejected.reason()) + ").",
                        Moderation.code(rejected.reason()),
                        charged,
                        List.of(),
                        now);
            case Outcome.Canceled canceled -> ended(JobState.CANCELED, null, null, null, charged, List.of(), now);
        };
    }

    private Job ended(
            JobState end,
            @Nullable ProblemCode code,
            @Nullable String detail,
            @Nullable String why,
            Money charged,
            List<JobOutput> made,
            Instant now) {
        return new Job(
                id,
                organization,
                key,
                dialect,
                model,
                modality,
                end,
                end == JobState.COMPLETED ? 100 : progress,
                createdAt,
                startedAt,
                now,
                code,
                detail,
                why,
                hold,
                charged,
                priceVersion,
                made,
                retention,
                now.plus(retention),
                null,
                priority,
                webhookStatus);
    }

    /** This job, started at that moment unless it had started before, and with that much progress. */
    Job started(@Nullable Instant at, int percent) {
        return new Job(
                id,
                organization,
                key,
                dialect,
                model,
                modality,
                state,
                Math.max(progress, percent),
                createdAt,
                startedAt == null ? at : startedAt,
                finishedAt,
                problem,
                problemDetail,
                reason,
                hold,
                charge,
                priceVersion,
                outputs,
                retention,
                expiresAt,
                deletedAt,
                priority,
                webhookStatus);
    }

    /** This job as it runs, or ran, with that much progress; started at that moment unless it had started before. */
    Job running(Instant at, int percent) {
        return new Job(
                id,
                organization,
                key,
                dialect,
                model,
                modality,
                JobState.RUNNING,
                percent,
                createdAt,
                startedAt == null ? at : startedAt,
                null,
                null,
                null,
                null,
                hold,
                null,
                priceVersion,
                List.of(),
                retention,
                null,
                null,
                priority,
                webhookStatus);
    }

    /** When it ended, or another moment when it has not. */
    Instant finishedOr(Instant other) {
        return finishedAt == null ? other : finishedAt;
    }

    Job with(List<JobOutput> others) {
        return new Job(
                id,
                organization,
                key,
                dialect,
                model,
                modality,
                state,
                progress,
                createdAt,
                startedAt,
                finishedAt,
                problem,
                problemDetail,
                reason,
                hold,
                charge,
                priceVersion,
                others,
                retention,
                expiresAt,
                deletedAt,
                priority,
                webhookStatus);
    }

    /** This job with another word on how far telling its end has come. */
    Job told(@Nullable WebhookStatus status) {
        return new Job(
                id,
                organization,
                key,
                dialect,
                model,
                modality,
                state,
                progress,
                createdAt,
                startedAt,
                finishedAt,
                problem,
                problemDetail,
                reason,
                hold,
                charge,
                priceVersion,
                outputs,
                retention,
                expiresAt,
                deletedAt,
                priority,
                status);
    }

    /** Whether its outputs can not be had any more: deleted on demand, or past their retention. */
    public boolean gone(Instant now) {
        return erased(now) != null;
    }

    /** Whether it made outputs and none of them can be had any more, for whichever reason. */
    public boolean expired(Instant now) {
        return state == JobState.COMPLETED
                && (gone(now) || (!outputs.isEmpty() && outputs.stream().allMatch(JobOutput::gone)));
    }

    /** Why its outputs can not be had any more; null while they can, or when only single ones were erased. */
    public @Nullable Erased erased(Instant now) {
        if (deletedAt != null) {
            return Erased.REQUEST;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? Erased.RETENTION : null;
    }
}
