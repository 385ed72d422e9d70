package dev.millrace.api.apiframe;

import dev.millrace.id.JobId;
import dev.millrace.jobs.JobFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a list of jobs is asked for.
 *
 * @param search the one job that is wanted; null for all
 * @param withModels whether the answer names the models of the jobs
 */
record JobQuery(
        JobFilter filter,
        int limit,
        @Nullable String cursor,
        @Nullable JobId search,
        boolean withModels) {}
