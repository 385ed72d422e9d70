package dev.millrace.jobs;

import dev.millrace.id.KeyId;
import dev.millrace.meter.Modality;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that may run.
 *
 * @param startedAt null while no worker has taken it up
 */
record ActiveJob(
        KeyId key,
        String model,
        Modality modality,
        @Nullable Instant startedAt) {}
