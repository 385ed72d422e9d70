package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one durable job; the Higgsfield dialect shows it as {@code request_id}, Apiframe as {@code jobId}. */
public record JobId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<JobId> parse(String text) {
        return Uuids.parse(text).map(JobId::new);
    }

    @Override
    public String text() {
        return value.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
