package dev.millrace.loras;

import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Weights that were trained from pictures, or are to be.
 *
 * @param id the job that trains it
 * @param images how many pictures it is trained from
 * @param weights what the job made; null until it is ready, and once it is archived
 * @param startedAt when the training began; null before, and when it ended without having begun
 * @param endedAt when the training ended; null before
 */
public record Lora(
        JobId id,
        OrganizationId organization,
        LoraState state,
        boolean archived,
        LoraSubject subject,
        int images,
        int steps,
        int rank,
        @Nullable AssetId weights,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** A LoRA whose training is queued. */
    public static Lora queued(
            JobId id,
            OrganizationId organization,
            LoraSubject subject,
            int images,
            int steps,
            int rank,
            Instant createdAt) {
        return new Lora(
                id, organization, LoraState.TRAINING, false, subject, images, steps, rank, null, createdAt, null, null);
    }

    /** Whether it can be used. */
    public boolean usable() {
        return state == LoraState.READY && !archived && weights != null;
    }
}
