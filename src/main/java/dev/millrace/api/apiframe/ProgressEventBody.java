package dev.millrace.api.apiframe;

import dev.millrace.jobs.Job;

/** What a webhook is told each time a job has come further. */
record ProgressEventBody(String event, String jobId, String status, int progress, String model) {
    static ProgressEventBody of(Job job) {
        return new ProgressEventBody(
                "progress", job.id().text(), "PROCESSING", job.progress(), ModelNames.shown(job.model()));
    }
}
