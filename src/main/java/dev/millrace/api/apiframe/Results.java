package dev.millrace.api.apiframe;

import dev.millrace.api.apiframe.ResultBody.TrackBody;
import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.jobs.JobState;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the results of jobs, with links that hold as long as the files do. */
final class Results {
    private static final String GRID = "grid";

    private final AssetLinks links;
    private final InstantSource clock;

    Results(AssetLinks links, InstantSource clock) {
        this.links = links;
        this.clock = clock;
    }

    /** The result; null unless the job has completed, and when its files were erased. */
    @Nullable
    ResultBody of(Job job, URI base) {
        List<JobOutput> files = job.outputs();
        if (job.state() != JobState.COMPLETED || files.isEmpty() || job.expiresAt() == null) {
            return null;
        }
        return switch (job.modality()) {
            case IMAGE -> images(job, files, base);
            case VIDEO ->
                files.size() == 1
                        ? new ResultBody.VideoBody(url(job, files.getFirst(), base))
                        : new ResultBody.VideosBody(urls(job, files, base));
            case MUSIC, SPEECH ->
                new ResultBody.TracksBody(
                        files.stream().map(file -> track(job, file, base)).toList());
            // Speech is a sound like any other; a transcript is a text, which this contract has no shape for.
            case LANGUAGE, TRANSCRIPTION -> null;
        };
    }

    /** Whether the files of a completed job are gone. */
    boolean expired(Job job) {
        return job.state() == JobState.COMPLETED && job.gone(clock.instant());
    }

    /** The outputs that are no grid of the others, in their order. */
    static List<JobOutput> single(Job job) {
        return job.outputs().stream().filter(output -> !isGrid(output)).toList();
    }

    private ResultBody images(Job job, List<JobOutput> files, URI base) {
        String grid = files.stream()
                .filter(Results::isGrid)
                .findFirst()
                .map(file -> url(job, file, base))
                .orElse(null);
        return new ResultBody.ImagesBody(urls(job, single(job), base), grid);
    }

    private static boolean isGrid(JobOutput output) {
        return output.facts().path(GRID).asBoolean(false);
    }

    private List<String> urls(Job job, List<JobOutput> files, URI base) {
        return files.stream().map(file -> url(job, file, base)).toList();
    }

    private TrackBody track(Job job, JobOutput file, URI base) {
        JsonNode length = file.facts().path("duration_ms");
        return new TrackBody(
                file.asset().text(),
                url(job, file, base),
                null,
                text(file, "title"),
                text(file, "tags"),
                length.isNumber() ? BigDecimal.valueOf(length.asLong(), 3) : null);
    }

    private static @Nullable String text(JobOutput file, String fact) {
        return file.facts().path(fact).asString(null);
    }

    String url(Job job, JobOutput file, URI base) {
        Instant until = Objects.requireNonNull(job.expiresAt());
        return base + links.sign(file.asset(), file.fileName(), until);
    }
}
