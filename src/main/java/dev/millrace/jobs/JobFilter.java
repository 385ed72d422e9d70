package dev.millrace.jobs;

import dev.millrace.meter.Modality;
import org.jspecify.annotations.Nullable;

/** Which jobs a list shows; null means any. */
public record JobFilter(
        @Nullable JobState state,
        @Nullable Modality modality,
        @Nullable String model) {
    public static final JobFilter ALL = new JobFilter(null, null, null);
}
