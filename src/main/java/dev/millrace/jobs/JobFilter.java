package dev.millrace.jobs;

import dev.millrace.meter.Modality;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which jobs a list shows; null means any. */
public record JobFilter(
        @Nullable Set<JobState> states,
        @Nullable Modality modality,
        @Nullable Set<String> models) {
    public static final JobFilter ALL = new JobFilter((Set<JobState>) null, null, null);

    public JobFilter {
        states = states == null ? null : Set.copyOf(states);
        models = models == null ? null : Set.copyOf(models);
    }

    /** Of one state and one model. */
    public JobFilter(@Nullable JobState state, @Nullable Modality modality, @Nullable String model) {
        this(state == null ? null : Set.of(state), modality, model == null ? null : Set.of(model));
    }

    /** Whether a list shows this job. */
    public boolean shows(Job job) {
        return (states == null || states.contains(job.state()))
                && (modality == null || modality == job.modality())
                && (models == null || models.contains(job.model()));
    }
}
