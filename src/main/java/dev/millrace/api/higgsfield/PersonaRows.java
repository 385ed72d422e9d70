package dev.millrace.api.higgsfield;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.db.Tx;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.JobOutput;
import dev.millrace.jobs.JobState;
import dev.millrace.personas.Personas;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Ties personas to their jobs: a job of the model {@code soul-id} learns one, in whichever dialect it was asked for, and a job
 * that is to draw one is taken only when its organization has it.
 */
final class PersonaRows implements JobCompanion {
    /** The model that learns. */
    static final String MODEL = "soul-id";

    /** The parameter that names a persona to draw. */
    static final String PARAMETER = "custom_reference_id";

    private final Personas personas;

    PersonaRows(Personas personas) {
        this.personas = personas;
    }

    /** The id of the persona that is to be drawn; empty when there is to be none. */
    static Optional<String> persona(AdmittedMedia admitted) {
        JsonNode id = admitted.parameters().path(PARAMETER);
        return id.isString() ? Optional.of(id.stringValue()) : Optional.empty();
    }

    @Override
    public void taken(Tx tx, Job job, AdmittedMedia admitted) {
        if (job.model().equals(MODEL)) {
            String name = admitted.parameters().path("name").asString("");
            personas.begin(tx, job.id(), job.organization(), name, job.createdAt());
        }
        persona(admitted).ifPresent(id -> personas.require(tx, job.organization(), PARAMETER, id));
    }

    @Override
    public void ended(Tx tx, Job job) {
        if (job.model().equals(MODEL)) {
            boolean learnt = job.state() == JobState.COMPLETED && !job.outputs().isEmpty();
            JobOutput sheet = learnt ? job.outputs().getFirst() : null;
            personas.end(tx, job.id(), sheet == null ? null : sheet.asset());
        }
    }

    @Override
    public void erased(Tx tx, Job job) {
        if (job.model().equals(MODEL)) {
            personas.forget(tx, job.id());
        }
    }
}
