package dev.millrace.jobs;

import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
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
 * @param charge what it cost; null until it has ended, zero unless it completed
 * @param priceVersion the prices that it was accepted under
 * @param outputs empty unless it completed, and again after deletion
 * @param expiresAt when its outputs are removed; null until it has ended
 * @param deletedAt when its content was erased on demand; null when it was not
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
        Money hold,
        @Nullable Money charge,
        String priceVersion,
        List<JobOutput> outputs,
        Duration retention,
        @Nullable Instant expiresAt,
        @Nullable Instant deletedAt) {
    public Job {
        outputs = List.copyOf(outputs);
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
                hold,
                charge,
                priceVersion,
                others,
                retention,
                expiresAt,
                deletedAt);
    }

    /** Whether its outputs can not be had any more: deleted on demand, or past their retention. */
    public boolean gone(Instant now) {
        return deletedAt != null || (expiresAt != null && !now.isBefore(expiresAt));
    }
}
