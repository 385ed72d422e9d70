package dev.millrace.jobs;

import dev.millrace.meter.Modality;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list shows; null means any.
 *
 * @param since those that were accepted then or later
 */
public record JobFilter(
        @Nullable Set<JobState> states,
        @Nullable Modality modality,
        @Nullable Set<String> models,
        @Nullable Instant since) {
    public static final JobFilter ALL = new JobFilter((Set<JobState>) null, null, null, null);

    public JobFilter {
        states = states == null ? null : Set.copyOf(states);
        models = models == null ? null : Set.copyOf(models);
    }

    /** Of any time. */
    public JobFilter(@Nullable Set<JobState> states, @Nullable Modality modality, @Nullable Set<String> models) {
        this(states, modality, models, null);
    }

    /** Of one state and one model. */
    public JobFilter(@Nullable JobState state, @Nullable Modality modality, @Nullable String model) {
        this(state == null ? null : Set.of(state), modality, model == null ? null : Set.of(model), null);
    }

    /** The same, of jobs that were accepted at that moment or later. */
    public JobFilter from(Instant moment) {
        return new JobFilter(states, modality, models, moment);
    }

    /** Whether a list shows this job. */
    public boolean shows(Job job) {
        return (states == null || states.contains(job.state()))
                && (modality == null || modality == job.modality())
                && (models == null || models.contains(job.model()))
                && (since == null || !job.createdAt().isBefore(since));
    }
}
