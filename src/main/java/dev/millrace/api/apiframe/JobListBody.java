package dev.millrace.api.apiframe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs, newest first (contract 1.4).
 *
 * @param models the models of the latest jobs; absent unless they were asked for
 */
record JobListBody(
        List<JobBody> jobs,
        @Nullable String nextCursor,
        boolean hasMore,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> models) {}
