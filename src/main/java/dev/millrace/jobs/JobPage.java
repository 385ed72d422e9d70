package dev.millrace.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs, newest first.
 *
 * @param next the cursor of the next page, opaque; null on the last one
 */
public record JobPage(List<Job> jobs, @Nullable String next) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
