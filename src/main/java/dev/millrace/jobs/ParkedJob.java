package dev.millrace.jobs;

import dev.millrace.id.KeyId;
import dev.millrace.meter.Modality;

/** A job that waits because as many run as may. */
record ParkedJob(String id, long priority, KeyId key, String model, Modality modality) {}
