package dev.millrace.provider.sandbox;

import dev.millrace.id.JobId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.UpstreamException;
import java.time.Instant;

/**
 * The sandbox's id of a job: it says when the work began, which is all that the sandbox has to remember.
 *
 * @param started when it was submitted, to the millisecond
 */
record UpstreamId(JobId job, Instant started) {
    private static final String PREFIX = "sbx-";

    String text() {
        return PREFIX + Long.toString(started.toEpochMilli(), Character.MAX_RADIX) + "-" + job.text();
    }

    /** @throws UpstreamException when the text is no id of this job */
    static UpstreamId parse(String text, JobId job) {
        int end = text.indexOf('-', PREFIX.length());
        if (text.startsWith(PREFIX) && end > 0 && text.substring(end + 1).equals(job.text())) {
            try {
                long millis = Long.parseLong(text.substring(PREFIX.length(), end), Character.MAX_RADIX);
                return new UpstreamId(job, Instant.ofEpochMilli(millis));
            } catch (NumberFormatException notOurs) {
                throw unknown();
            }
        }
        throw unknown();
    }

    private static UpstreamException unknown() {
        return new UpstreamException(ProblemCode.UPSTREAM_ERROR, "The sandbox does not know this job.", false, null);
    }
}
