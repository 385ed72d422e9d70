package dev.millrace.jobs;

import dev.millrace.access.Environment;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.usage.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job with what a worker must know of it.
 *
 * @param job without its outputs
 * @param environment which upstreams its key may reach
 * @param course where it runs
 * @param sealed null once it has ended
 */
record JobRow(Job job, Environment environment, Course course, byte @Nullable [] sealed) {

    /** The same without what was sealed, for who has opened that: it takes room for as long as the job runs. */
    JobRow opened() {
        return new JobRow(job, environment, course, null);
    }

    /**
     * Which upstream has a job, or may have it.
     *
     * @param submission which submission of the job it is, from 1
     * @param intent whether it may have been submitted though {@code upstreamId} is not known
     * @param lost what earlier submissions cost and nobody pays for
     * @param upstreamId null until the upstream's id is durable
     */
    record Course(
            String provider,
            String upstreamModel,
            int submission,
            boolean intent,
            Money lost,
            @Nullable String upstreamId) {

        static Course first(String provider, String upstreamModel) {
            return new Course(provider, upstreamModel, 1, false, Money.ZERO, null);
        }

        Course intended() {
            return new Course(provider, upstreamModel, submission, true, lost, null);
        }

        Course submitted(String id) {
            return new Course(provider, upstreamModel, submission, true, lost, id);
        }

        Course losing(Money more) {
            return new Course(provider, upstreamModel, submission, intent, lost.plus(more), upstreamId);
        }

        /** This submission, as one that served nothing. */
        Attempt failed(ProblemCode why, Instant at) {
            return new Attempt(submission, provider, upstreamModel, why.slug(), at);
        }

        Course next(String nextProvider, String nextModel) {
            return new Course(nextProvider, nextModel, submission + 1, false, lost, null);
        }
    }
}
