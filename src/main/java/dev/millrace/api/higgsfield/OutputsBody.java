package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.meter.Modality;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output files of a completed request under the names of its modality (contract 1.2): {@code images}, {@code video}, or
 * {@code audio} and {@code audios}; the others are absent.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OutputsBody(
        @Nullable List<FileBody> images,
        @Nullable FileBody video,
        @Nullable FileBody audio,
        @Nullable List<FileBody> audios) {
    private static final OutputsBody NONE = new OutputsBody(null, null, null, null);

    /** One file; its type is stated in webhooks and absent in status answers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileBody(String url, @Nullable String content_type) {}

    /** The files of a job, with links that hold as long as the files do. */
    static OutputsBody of(Job job, AssetLinks links, String base, boolean withTypes) {
        Instant until = job.expiresAt();
        if (job.outputs().isEmpty() || until == null) {
            return NONE;
        }
        List<FileBody> files = shown(job).stream()
                .map(output -> file(output, base + links.sign(output.asset(), output.fileName(), until), withTypes))
                .toList();
        return named(job.modality(), files);
    }

    /** The outputs that are no grid of the others, which this dialect does not know. */
    static List<JobOutput> shown(Job job) {
        return job.outputs().stream()
                .filter(output -> !output.facts().path("grid").asBoolean(false))
                .toList();
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    private static OutputsBody named(Modality modality, List<FileBody> files) {
        return switch (modality) {
            case IMAGE -> new OutputsBody(files, null, null, null);
            case VIDEO -> new OutputsBody(null, files.getFirst(), null, null);
            case MUSIC, SPEECH -> new OutputsBody(null, null, files.getFirst(), files);
            case LANGUAGE, TRANSCRIPTION -> NONE;
        };
    }

    private static FileBody file(JobOutput output, String url, boolean withType) {
        return new FileBody(url, withType ? output.contentType() : null);
    }
}
