package dev.millrace.api.apiframe;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.JobState;
import dev.millrace.loras.Lora;
import dev.millrace.loras.LoraSubject;
import dev.millrace.loras.Loras;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps a LoRA beside each training job, in the same commits, whichever dialect asked for it. */
final class Trainings implements JobCompanion {
    /** The model of the catalogue that trains. */
    static final String MODEL = "flux-lora/training";

    private final Loras loras;

    Trainings(Loras loras) {
        this.loras = loras;
    }

    /** A LoRA that is trained begins; one that is used has to be the organization's own, whichever dialect names it. */
    @Override
    public void taken(Tx tx, Job job, AdmittedMedia admitted) {
        JsonNode used = admitted.parameters().path(References.LORA);
        if (used.isString() && admitted.model().input().names().contains(References.LORA)) {
            var unused = loras.usable(tx, job.organization(), References.LORA, used.stringValue());
        }
        if (job.model().equals(MODEL)) {
            ObjectNode said = admitted.parameters();
            LoraSubject subject = new LoraSubject(
                    said.required("name").asString(),
                    said.required("subject_kind").asString(),
                    text(said, "gender"),
                    text(said, "ethnicity"),
                    text(said, "age"));
            loras.begin(
                    tx,
                    Lora.queued(
                            job.id(),
                            job.organization(),
                            subject,
                            said.required("images").size(),
                            said.required("steps").asInt(),
                            said.required("lora_rank").asInt(),
                            job.createdAt()));
        }
    }

    @Override
    public void ended(Tx tx, Job job) {
        if (job.model().equals(MODEL)) {
            AssetId weights =
                    job.state() == JobState.COMPLETED && !job.outputs().isEmpty()
                            ? job.outputs().getFirst().asset()
                            : null;
            loras.end(tx, job.organization(), job.id(), weights, job.startedAt(), job.finishedAt());
        }
    }

    private static @Nullable String text(ObjectNode said, String name) {
        return said.path(name).asString(null);
    }
}
