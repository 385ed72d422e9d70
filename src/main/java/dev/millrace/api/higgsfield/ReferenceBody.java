package dev.millrace.api.higgsfield;

import dev.millrace.jobs.JobState;
import dev.millrace.personas.Persona;
import java.util.List;

/** A Soul ID as it is shown (contract 1.8). */
record ReferenceBody(String id, String name, String status) {
    /** A page of them. */
    record PageBody(long total, int page, int page_size, long total_pages, List<ReferenceBody> items) {}

    /** A deleted one. */
    record GoneBody(String id, String status) {}

    /** @param job the state of the job that learns it, which tells waiting from working */
    static ReferenceBody of(Persona persona, JobState job) {
        return new ReferenceBody(persona.id().text(), persona.name(), status(persona, job));
    }

    private static String status(Persona persona, JobState job) {
        return switch (persona.state()) {
            case LEARNING -> job == JobState.QUEUED ? "queued" : "in_progress";
            case READY -> "completed";
            case FAILED -> "failed";
        };
    }
}
