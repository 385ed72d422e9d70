package dev.millrace.provider;

import dev.millrace.id.JobId;
import dev.millrace.meter.Modality;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One media request in neutral form.
 *
 * @param job the job that it is for: the correlation id, and the idempotency key where the upstream takes one
 * @param attempt counts the submissions of this job from 1
 * @param upstreamModel the model's name at the upstream
 * @param parameters the model's parameters, checked against its schema, defaults filled in
 * @param inputs the files that the parameters name, in the order of the parameters; there as long as the job runs. Empty when
 *     there are none, and when only a stop is asked for
 * @param plan what the call is reckoned to make
 * @param callback where the upstream may call back about this submission: a whole URL where this installation has a public
 *     address ({@code server.public_url}), else its path alone, which is of use within this process only; null when nothing that
 *     calls back is wanted
 */
public record MediaCall(
        JobId job,
        int attempt,
        String upstreamModel,
        Modality modality,
        ObjectNode parameters,
        List<MediaInput> inputs,
        MediaPlan plan,
        @Nullable URI callback) {
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

    /** A call that nobody calls back about. */
    public MediaCall(
            JobId job,
            int attempt,
            String upstreamModel,
            Modality modality,
            ObjectNode parameters,
            List<MediaInput> inputs,
            MediaPlan plan) {
        this(job, attempt, upstreamModel, modality, parameters, inputs, plan, null);
    }

    /** Where an upstream outside of this machine may call back; empty when it can not. */
    public Optional<URI> publicCallback() {
        return Optional.ofNullable(callback).filter(URI::isAbsolute);
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
