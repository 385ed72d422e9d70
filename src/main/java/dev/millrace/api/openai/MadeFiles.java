package dev.millrace.api.openai;

import dev.millrace.assets.Assets;
import dev.millrace.assets.Assets.Opened;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;

/** The files that completed jobs have made. */
record MadeFiles(Assets assets) {
    /** @throws ProblemException {@code GONE} when it was erased or its retention has passed */
    Opened open(JobOutput output) {
        return assets.open(output.asset())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.GONE, "The file is not kept any more: it was deleted, or its time has passed."));
    }

    byte[] read(JobOutput output) {
        try {
            return Files.readAllBytes(open(output).file());
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The file can not be read now; try again.");
        }
    }

    /** The first output of a job. */
    static JobOutput first(Job job) {
        return job.outputs().stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UPSTREAM_ERROR, "The job " + job.id().text() + " completed without a file."));
    }
}
