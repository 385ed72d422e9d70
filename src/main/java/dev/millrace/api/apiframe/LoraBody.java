package dev.millrace.api.apiframe;

import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.loras.Lora;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A LoRA (contract 1.9). */
record LoraBody(
        String id,
        String userId,
        String teamId,
        String name,
        String subjectKind,
        @Nullable String gender,
        @Nullable String ethnicity,
        @Nullable String age,
        String status,
        int imageCount,
        int steps,
        int loraRank,
        boolean isReady,
        @Nullable String error,
        String createdAt,
        @Nullable String startedAt,
        @Nullable String completedAt,
        boolean hasWeights,
        @Nullable String triggerWord) {
    private static final int WORD_LETTERS = 6;

    /** @param job the training; null when it is not kept any more, or has nothing to add */
    static LoraBody of(Lora lora, @Nullable Job job) {
        String id = lora.id().text();
        String team = lora.organization().text();
        Instant started = lora.startedAt() == null && job != null ? job.startedAt() : lora.startedAt();
        return new LoraBody(
                id,
                MeBody.user(team),
                team,
                lora.subject().name(),
                lora.subject().kind(),
                lora.subject().gender(),
                lora.subject().ethnicity(),
                lora.subject().age(),
                status(lora, job),
                lora.images(),
                lora.steps(),
                lora.rank(),
                lora.usable(),
                error(lora, job),
                WireTime.of(lora.createdAt()),
                WireTime.orNull(started),
                WireTime.orNull(lora.endedAt()),
                lora.weights() != null,
                lora.usable() ? "tok" + id.substring(id.length() - WORD_LETTERS) : null);
    }

    private static String status(Lora lora, @Nullable Job job) {
        if (lora.archived()) {
            return "ARCHIVED";
        }
        return switch (lora.state()) {
            case TRAINING -> job != null && job.state() == JobState.QUEUED ? "PENDING" : "TRAINING";
            case READY -> "READY";
            case FAILED -> "FAILED";
        };
    }

    private static @Nullable String error(Lora lora, @Nullable Job job) {
        return switch (lora.state()) {
            case TRAINING, READY -> null;
            case FAILED -> Objects.requireNonNullElse(job == null ? null : JobBody.reason(job), "The training failed.");
        };
    }
}
