package dev.millrace.id;

import java.util.Optional;
import java.util.UUID;

/** Names one organization: who owns a wallet, keys, jobs and assets. */
public record OrganizationId(UUID value) implements Id {
    /** The id that the text states, or empty when it is no UUID in canonical form. */
    public static Optional<OrganizationId> parse(String text) {
        return Uuids.parse(text).map(OrganizationId::new);
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
