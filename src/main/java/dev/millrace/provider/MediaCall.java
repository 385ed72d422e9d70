package dev.millrace.provider;

import dev.millrace.id.JobId;
import dev.millrace.meter.Modality;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One media request in neutral form.
 *
 * @param job the job that it is for: the correlation id, and the idempotency key where the upstream takes one
 * @param attempt counts the submissions of this job from 1
 * @param upstreamModel the model's name at the upstream
 * @param parameters the model's parameters, checked against its schema, defaults filled in
 * @param inputs the files that the parameters name, in the order of the parameters; there as long as the job runs. Empty when
 *     there are none, when only a stop is asked for, and when the job was taken up again after a crash and its files are no
 *     longer to be had
 * @param plan what the call is reckoned to make
 */
public record MediaCall(
        JobId job,
        int attempt,
        String upstreamModel,
        Modality modality,
        ObjectNode parameters,
        List<MediaInput> inputs,
        MediaPlan plan) {
    public MediaCall {
        inputs = List.copyOf(inputs);
    }

    /** A call without files. */
    public MediaCall(JobId job, int attempt, String upstreamModel, Modality modality, ObjectNode parameters) {
        this(job, attempt, upstreamModel, modality, parameters, List.of());
    }

    /** A call whose parameters alone say what to make. */
    public MediaCall(
            JobId job,
            int attempt,
            String upstreamModel,
            Modality modality,
            ObjectNode parameters,
            List<MediaInput> inputs) {
        this(job, attempt, upstreamModel, modality, parameters, inputs, MediaPlan.OPEN);
    }

    /** The files of this role, in their order. */
    public List<MediaInput> inputs(String role) {
        return inputs.stream().filter(input -> input.role().equals(role)).toList();
    }

    /** The first file of this role. */
    public Optional<MediaInput> input(String role) {
        return inputs.stream().filter(input -> input.role().equals(role)).findFirst();
    }
}
