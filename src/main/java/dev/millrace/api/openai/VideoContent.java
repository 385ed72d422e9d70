package dev.millrace.api.openai;

import dev.millrace.assets.Assets.Opened;
import dev.millrace.frames.Frames;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.jobs.JobState;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Optional;

/** {@code GET /v1/videos/{id}/content}: the film, by range too, or pictures made from its frames. */
final class VideoContent {
    private static final String VARIANT = "variant";
    private static final String FILM = "video";
    private static final String THUMBNAIL = "thumbnail";
    private static final String SPRITESHEET = "spritesheet";

    private final Videos videos;
    private final MadeFiles files;
    private final Frames frames;

    VideoContent(Videos videos, MadeFiles files, Frames frames) {
        this.videos = videos;
        this.files = files;
        this.frames = frames;
    }

    Response content(Request request) {
        Job job = videos.found(request);
        String variant = request.query(VARIANT).orElse(FILM);
        JobOutput film = film(job);
        Opened opened = files.open(film);
        return switch (variant) {
            case FILM -> Response.file(opened.file(), film.bytes(), film.contentType(), film.sha256(), request);
            case THUMBNAIL -> picture(film, variant, frames.thumbnail(opened.file()));
            case SPRITESHEET -> picture(film, variant, frames.spritesheet(opened.file()));
            default -> throw Form.wrong(VARIANT, "enum", "must be video, thumbnail or spritesheet.");
        };
    }

    /** The film of a completed video. */
    static JobOutput film(Job job) {
        return switch (job.state()) {
            case COMPLETED -> MadeFiles.first(job);
            case QUEUED, RUNNING ->
                throw new ProblemException(
                        ProblemCode.NOT_FINISHED,
                        "The video is not ready yet; GET /v1/videos/" + VideoBody.id(job.id())
                                + " says how far it is.");
            case FAILED, NSFW, CANCELED ->
                throw new ProblemException(
                        ProblemCode.NOT_FOUND, "The video has no content: it " + ended(job.state()) + ".");
        };
    }

    private static String ended(JobState state) {
        return state == JobState.CANCELED
                ? "was canceled"
                : state == JobState.NSFW ? "did not pass moderation" : "failed";
    }

    private static Response picture(JobOutput film, String variant, Optional<byte[]> picture) {
        byte[] bytes = picture.orElseThrow(() -> new ProblemException(
                ProblemCode.NOT_FOUND,
                "No " + variant + " can be made of this video; it is " + film.contentType() + "."));
        return Response.bytes(200, "image/jpeg", bytes)
                .header("ETag", '"' + film.sha256() + "-" + variant + '"')
                .header("X-Content-Type-Options", "nosniff");
    }
}
