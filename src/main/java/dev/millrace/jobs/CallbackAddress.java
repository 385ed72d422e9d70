package dev.millrace.jobs;

import dev.millrace.id.JobId;
import dev.millrace.provider.MediaCallbacks;

/** An address of ours that an upstream calls: whose, and which submission of which job it is about. */
public record CallbackAddress(String provider, JobId job, int submission, MediaCallbacks adapter) {}
