package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.id.JobId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.Jobs;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;

/** Finds the job that an action is to act on (contract 1.10): before anything is priced or charged. */
final class Parents {
    static final String FIELD = "parentJobId";

    private final Jobs jobs;
    private final Results results;

    Parents(Jobs jobs, Results results) {
        this.jobs = jobs;
        this.results = results;
    }

    /**
     * The caller's completed job of a family, files and all.
     *
     * @param family the model, and the first part of the names of its actions
     * @throws ProblemException {@code NOT_FOUND} for another's job as for none; {@code INVALID_PARAMETER} for another
     *     family's; {@code NOT_FINISHED} when it has not completed, or its files are gone
     */
    Job find(Principal principal, String id, String family) {
        Job parent = JobId.parse(id)
                .flatMap(known -> jobs.find(principal.organization(), known))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Parent job not found"));
        if (!ModelNames.shown(parent.model()).equals(family)) {
            throw wrong("is a job of " + ModelNames.shown(parent.model()) + "; this acts on jobs of " + family + ".");
        }
        if (parent.state() != JobState.COMPLETED) {
            throw new ProblemException(
                    ProblemCode.NOT_FINISHED, "The parent job is not COMPLETED; the action is not available for it.");
        }
        if (results.expired(parent) || parent.outputs().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FINISHED,
                    "The parent job's files have expired; the action is not available for it.");
        }
        return parent;
    }

    static ProblemException wrong(String message) {
        return Problem.parameter(FIELD, message).toException();
    }
}
