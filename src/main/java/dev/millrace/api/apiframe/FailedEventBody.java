package dev.millrace.api.apiframe;

import dev.millrace.jobs.Job;
import org.jspecify.annotations.Nullable;

/** What a webhook is told once a job has ended without a result. */
record FailedEventBody(
        String event, String jobId, String status, @Nullable String error, String model) {

    static FailedEventBody of(Job job) {
        return new FailedEventBody(
                "failed", job.id().text(), Statuses.FAILED, JobBody.reason(job), ModelNames.shown(job.model()));
    }
}
