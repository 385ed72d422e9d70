package dev.millrace.jobs;

import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;

/** A job that no worker has taken up, and the key that sent it. */
record QueuedJob(JobId id, KeyId key) {}
