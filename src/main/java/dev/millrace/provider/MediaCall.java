package dev.millrace.provider;

import dev.millrace.id.JobId;
import dev.millrace.meter.Modality;
import tools.jackson.databind.node.ObjectNode;

/**
 * One image, video or music request in neutral form.
 *
 * @param job the job that it is for: the correlation id, and the idempotency key where the upstream takes one
 * @param attempt counts the submissions of this job from 1
 * @param upstreamModel the model's name at the upstream
 * @param parameters the model's parameters, checked against its schema, defaults filled in
 */
public record MediaCall(JobId job, int attempt, String upstreamModel, Modality modality, ObjectNode parameters) {}
