package dev.millrace.api.higgsfield;

import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.meter.Modality;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as v1 shows it: a set with one entry for each output (contract 1.8). All entries change together, for clients
 * stop at the first that has ended.
 *
 * @param input_params what was asked for, in the answer to who asked; nothing later, because it is not kept
 */
record JobSetBody(String id, String type, String created_at, List<EntryBody> jobs, ObjectNode input_params) {
    private static final String V1 = "v1/";

    /** One entry; its results are null until there are any. */
    record EntryBody(
            String id,
            String job_set_type,
            String status,
            @Nullable ResultsBody results) {}

    /** The file as it is, and small; the latter is the same one here. */
    record ResultsBody(FileBody raw, FileBody min) {}

    /** One file. */
    record FileBody(String url, String type) {}

    static JobSetBody of(Job job, long size, ObjectNode input, AssetLinks links, String base) {
        String type = type(job.model());
        List<EntryBody> entries = IntStream.range(
                        0, (int) Math.max(size, job.outputs().size()))
                .mapToObj(number -> entry(job, number, type, links, base))
                .toList();
        return new JobSetBody(job.id().text(), type, job.createdAt().toString(), entries, input);
    }

    private static EntryBody entry(Job job, int number, String type, AssetLinks links, String base) {
        String id = UUID.nameUUIDFromBytes((job.id().text() + "/" + number).getBytes(StandardCharsets.UTF_8))
                .toString();
        String status = StatusBody.wire(job.state());
        Instant until = job.expiresAt();
        if (job.outputs().isEmpty() || until == null) {
            return new EntryBody(id, type, status, null);
        }
        List<JobOutput> outputs = OutputsBody.shown(job);
        if (number >= outputs.size()) {
            return new EntryBody(id, type, "failed", null);
        }
        JobOutput output = outputs.get(number);
        FileBody file =
                new FileBody(base + links.sign(output.asset(), output.fileName(), until), fileType(job.modality()));
        return new EntryBody(id, type, status, new ResultsBody(file, file));
    }

    /** As {@code text2image_soul} for {@code v1/text2image/soul}. */
    private static String type(String model) {
        String path = model.startsWith(V1) ? model.substring(V1.length()) : model;
        return path.replaceAll("[^a-z0-9]+", "_");
    }

    private static String fileType(Modality modality) {
        return ModelBody.outputType(modality);
    }
}
