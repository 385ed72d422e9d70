package dev.millrace.api.apiframe;

import dev.millrace.jobs.Job;
import dev.millrace.money.CreditRate;
import org.jspecify.annotations.Nullable;

/** What a webhook is told once a job has completed. */
record CompletedEventBody(
        String event,
        String jobId,
        String status,
        int progress,
        @Nullable ResultBody result,
        String model,
        @Nullable Long creditCost,
        @Nullable String completedAt) {

    static CompletedEventBody of(Job job, @Nullable ResultBody result, CreditRate rate) {
        return new CompletedEventBody(
                "completed",
                job.id().text(),
                "COMPLETED",
                100,
                result,
                ModelNames.shown(job.model()),
                JobBody.cost(job, rate),
                WireTime.orNull(job.finishedAt()));
    }
}
