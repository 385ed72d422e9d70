package dev.millrace.api.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.id.JobId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.jobs.JobState;
import dev.millrace.problem.ProblemCode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A video on the wire (contract B8). Its prompt is null: it is not kept once the video is made, and not shown before. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record VideoBody(
        String id,
        String object,
        String model,
        String status,
        int progress,
        long created_at,
        @Nullable Long completed_at,
        @Nullable Long expires_at,
        @Nullable String prompt,
        @Nullable String seconds,
        @Nullable String size,
        @Nullable String remixed_from_video_id,
        @Nullable ErrorBody error) {
    private static final String PREFIX = "video_";

    /** Why there is no video. */
    record ErrorBody(String code, String message) {}

    static VideoBody of(Job job, VideoRow row) {
        JobOutput film = job.outputs().isEmpty() ? null : job.outputs().getFirst();
        JobId source = row.remixedFrom();
        return new VideoBody(
                id(job.id()),
                "video",
                job.model(),
                status(job.state()),
                job.progress(),
                job.createdAt().getEpochSecond(),
                job.state() == JobState.COMPLETED ? seconds(job.finishedAt()) : null,
                seconds(job.expiresAt()),
                null,
                row.seconds() == null && film != null ? length(film) : row.seconds(),
                row.size() == null && film != null ? size(film) : row.size(),
                source == null ? null : id(source),
                error(job));
    }

    /** A video's id is its job's, which every other dialect knows too. */
    static String id(JobId job) {
        return PREFIX + job.text();
    }

    static Optional<JobId> job(String id) {
        return JobId.parse(id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id);
    }

    private static String status(JobState state) {
        return switch (state) {
            case QUEUED -> "queued";
            case RUNNING -> "in_progress";
            case COMPLETED -> "completed";
            case FAILED, NSFW, CANCELED -> "failed";
        };
    }

    private static @Nullable ErrorBody error(Job job) {
        return switch (job.state()) {
            case QUEUED, RUNNING, COMPLETED -> null;
            case CANCELED -> new ErrorBody("canceled", "The video was canceled. Nothing was charged.");
            case NSFW -> new ErrorBody("moderation_blocked", told(job, ProblemCode.CONTENT_REJECTED));
            case FAILED -> {
                ProblemCode code = job.problem() == null ? ProblemCode.UPSTREAM_ERROR : job.problem();
                yield new ErrorBody(code.slug(), told(job, code));
            }
        };
    }

    private static String told(Job job, ProblemCode code) {
        String detail = job.problemDetail();
        return (detail == null ? code.title() + "." : detail) + " Nothing was charged.";
    }

    private static @Nullable String length(JobOutput film) {
        return VideoStore.seconds(film.facts().path("duration_ms").asLong(0));
    }

    private static @Nullable String size(JobOutput film) {
        JsonNode width = film.facts().path("width");
        return width.isNumber()
                ? width.asInt() + "x" + film.facts().path("height").asInt()
                : null;
    }

    private static @Nullable Long seconds(@Nullable Instant at) {
        return at == null ? null : at.getEpochSecond();
    }
}
