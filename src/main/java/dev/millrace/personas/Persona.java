package dev.millrace.personas;

import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone or something learnt from pictures.
 *
 * @param id the job that learns it
 * @param name what its owner calls it
 * @param sheet the pictures that it was learnt from, in one; null until it is ready
 */
public record Persona(
        JobId id,
        OrganizationId organization,
        String name,
        PersonaState state,
        @Nullable AssetId sheet,
        Instant createdAt) {}
