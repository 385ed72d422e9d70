package dev.millrace.jobs;

import dev.millrace.admission.InputFiles;
import dev.millrace.moderation.Moderation;

/**
 * What looks at the content of jobs before an upstream gets it.
 *
 * @param files brings the files that they name
 * @param moderation says whether their texts pass
 */
public record Intake(InputFiles files, Moderation moderation) {}
